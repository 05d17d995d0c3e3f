import { ArgumentError, DTypeError, isFloat } from '@dl/kernels';
import { defaultRng, mul, type Rng, type Tensor, zerosLike } from '@dl/tensor';

/** Options of {@link dropout}. */
export interface DropoutOptions {
  /** The share of elements that become 0. Default 0.5. */
  readonly p?: number | undefined;
  /** Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * Zeroes each element with probability $p$ and divides the others by $1 - p$, so that the expected value stays.
 *
 * @param x - any shape, float
 * @returns same shape and dtype
 * @throws {@link ArgumentError} unless `p` is in [0, 1]
 * @throws {@link DTypeError} for integers and bool
 * @example
 * const y = dropout(ones([1000]), { p: 0.5, rng: new Rng(1) });
 * [...new Set(await y.data())].sort() // [0, 2]
 * @see Srivastava et al., 2014
 */
export function dropout(x: Tensor, { p = 0.5, rng = defaultRng() }: DropoutOptions = {}): Tensor {
  if (!(p >= 0 && p <= 1)) throw new ArgumentError('dropout', `p must be in [0, 1], got ${p}`);
  if (!isFloat(x.dtype))
    throw new DTypeError('dropout', `dtype must be float, got ${x.dtype}: convert it with cast(x, 'float32')`);
  if (p === 1) return mul(x, zerosLike(x));
  const kept = rng.bernoulli(x.shape, { p: 1 - p, dtype: x.dtype, backend: x.backend });
  return mul(x, mul(kept, 1 / (1 - p)));
}

import type { Shape } from '@dl/kernels';
import { defaultRng, mul, type Rng, type Tensor, zerosLike } from '@dl/tensor';
import { checkShare } from './check-share.ts';
import { floatDType } from './float-dtype.ts';

/** Options of {@link dropout} and {@link featureDropout}. */
export interface DropoutOptions {
  /** The share of elements that become 0: 1 less the keep probability that textbooks also call $p$. Default 0.5. */
  readonly p?: number | undefined;
  /** Whether the others are divided by $1 - p$; else the inference is what has to be multiplied by it. Default `true`. */
  readonly rescale?: boolean | undefined;
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
export function dropout(x: Tensor, options: DropoutOptions = {}): Tensor {
  return dropBy('dropout', x, x.shape, options);
}

/** Dropout whose mask has a shape of its own, which broadcasts to that of `x`. */
export function dropBy(
  op: string,
  x: Tensor,
  shape: Shape,
  { p = 0.5, rescale = true, rng = defaultRng() }: DropoutOptions,
): Tensor {
  checkShare(op, p);
  const dtype = floatDType(op, x);
  if (p === 1) return mul(x, zerosLike(x));
  const kept = rng.bernoulli(shape, { p: 1 - p, dtype, backend: x.backend });
  return mul(x, rescale ? mul(kept, 1 / (1 - p)) : kept);
}

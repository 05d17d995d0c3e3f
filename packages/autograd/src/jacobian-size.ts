import { ArgumentError, createTypedArray, formatShape } from '@dl/kernels';
import { type Tensor, tensor } from '@dl/tensor';

/** Options of {@link jacobian}, {@link jacfwd} and {@link hessian}. */
export interface JacobianOptions {
  /** How many entries the matrix may have. Default a million. */
  readonly maxEntries?: number | undefined;
}

/**
 * Refuses a matrix that is larger than allowed, before the work on it begins.
 *
 * @throws {@link ArgumentError} naming its size
 */
export function checkEntries(op: string, value: Tensor, x: Tensor, { maxEntries = 1_000_000 }: JacobianOptions): void {
  const entries = value.size * x.size;
  if (entries <= maxEntries) return;
  throw new ArgumentError(
    op,
    `the matrix must have at most ${maxEntries} entries, got ${value.size} × ${x.size} = ${entries} ` +
      `(${formatShape(value.shape)} by ${formatShape(x.shape)}): ask for products with vjp(), jvp() or hvp(), or raise maxEntries`,
  );
}

/** Zeros like `x` with a one at a flat index. */
export function oneHotLike(x: Tensor, index: number): Tensor {
  const values = createTypedArray(x.dtype, x.size);
  values[index] = 1;
  return tensor(values, { shape: x.shape, dtype: x.dtype, backend: x.backend });
}

import { ArgumentError, type Shape } from '@dl/kernels';
import { defaultRng, type Tensor } from '@dl/tensor';
import { hostTensor } from './host-tensor.ts';
import { matrixShape } from './matrix-shape.ts';
import { normalQuantile } from './normal-quantile.ts';
import type { InitOptions } from './options.ts';

/** Options of {@link sparse}. */
export interface SparseOptions extends InitOptions {
  /** The share of zeros in each column. */
  readonly sparsity: number;
  /** Standard deviation of the others. Default 0.01. */
  readonly std?: number | undefined;
}

/**
 * Normal, with the same number of zeros at random places of each column: each input feeds few units, which then differ from the start.
 *
 * @param shape - `[out, in]`
 * @throws {@link ShapeError} for another number of axes
 * @throws {@link ArgumentError} unless `sparsity` is in [0, 1] and `std` not negative
 * @example
 * init.sparse([10, 3], { sparsity: 0.9 }).shape // [10, 3]
 * @see Martens, Deep learning via Hessian-free optimization, 2010
 */
export function sparse(shape: Shape, { sparsity, std = 0.01, rng = defaultRng(), ...options }: SparseOptions): Tensor {
  const [rows, columns] = matrixShape('sparse', shape);
  if (!(sparsity >= 0 && sparsity <= 1)) throw new ArgumentError('sparse', `sparsity must be in [0, 1], got ${sparsity}`);
  if (!(std >= 0)) throw new ArgumentError('sparse', `std must not be negative, got ${std}`);
  const zeros = Math.ceil(sparsity * rows);
  return hostTensor(shape, options, (values) => {
    for (let column = 0; column < columns; column++) {
      for (const row of rng.permutation(rows).subarray(zeros)) {
        values[row * columns + column] = std * normalQuantile(rng.next() + 2 ** -54);
      }
    }
  });
}

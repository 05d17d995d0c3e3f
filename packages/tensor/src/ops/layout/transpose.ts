import { normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { permute } from './permute.ts';

/**
 * Swaps two axes; by default the last two, the transpose of a matrix or of a batch of them.
 *
 * @param x - `[..., m, n]`
 * @returns `[..., n, m]`
 * @throws {@link ShapeError} for an axis out of range: a vector has no second one
 * @example
 * await transpose(tensor([[1, 2, 3], [4, 5, 6]])).array() // [[1, 4], [2, 5], [3, 6]]
 */
export function transpose(x: Tensor, axis0 = -2, axis1 = -1): Tensor {
  const first = normalizeAxis('transpose', axis0, x.rank);
  const second = normalizeAxis('transpose', axis1, x.rank);
  const axes = x.shape.map((_, axis) => axis);
  axes[first] = second;
  axes[second] = first;
  return permute(x, axes);
}

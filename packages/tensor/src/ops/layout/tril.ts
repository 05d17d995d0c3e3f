import type { Tensor } from '../../core/tensor.ts';
import { keepTriangle } from './triangle.ts';

/**
 * The lower triangle of each matrix, the diagonal included; zeros above.
 *
 * @param x - `[..., m, n]`
 * @param offset - the last diagonal that stays: 0 is the main one, positive ones lie above it
 * @throws {@link ShapeError} for less than two axes
 * @throws {@link ArgumentError} for an offset that is no integer
 * @example
 * await tril(tensor([[1, 2], [3, 4]])).array() // [[1, 0], [3, 4]]
 */
export function tril(x: Tensor, offset = 0): Tensor {
  return keepTriangle('tril', x, offset, (distance) => distance <= offset);
}

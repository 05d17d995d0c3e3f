import type { Tensor } from '../../core/tensor.ts';
import { keepTriangle } from './triangle.ts';

/**
 * The upper triangle of each matrix, the diagonal included; zeros below.
 *
 * @param x - `[..., m, n]`
 * @param offset - the first diagonal that stays: 0 is the main one, positive ones lie above it
 * @throws {@link ShapeError} for less than two axes
 * @throws {@link ArgumentError} for an offset that is no integer
 * @example
 * await triu(tensor([[1, 2], [3, 4]])).array() // [[1, 2], [0, 4]]
 */
export function triu(x: Tensor, offset = 0): Tensor {
  return keepTriangle('triu', x, offset, (distance) => distance >= offset);
}

import { normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { permute } from './permute.ts';

/**
 * Moves one axis to another place; the others keep their order.
 *
 * @param x - any shape
 * @param from - the axis to move
 * @param to - its place in the result
 * @throws {@link ShapeError} for an axis out of range
 * @example
 * movedim(tensor([[[1, 2, 3]], [[4, 5, 6]]]), 0, -1).shape // [1, 3, 2]
 */
export function movedim(x: Tensor, from: number, to: number): Tensor {
  const source = normalizeAxis('movedim', from, x.rank);
  const target = normalizeAxis('movedim', to, x.rank);
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== source);
  axes.splice(target, 0, source);
  return permute(x, axes);
}

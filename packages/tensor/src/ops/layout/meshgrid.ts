import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { expandTo } from './expand.ts';
import { reshape } from './reshape.ts';

/**
 * Coordinates of a grid, one tensor an axis: $g^{(a)}_{i_0, i_1, \dots} = x^{(a)}_{i_a}$ (PyTorch's and NumPy's `indexing='ij'`).
 *
 * @param tensors - vectors
 * @returns as many tensors, each of the lengths of all
 * @throws {@link ShapeError} for a tensor that is no vector
 * @example
 * const [rows, columns] = meshgrid(tensor([0, 1]), tensor([5, 6, 7]));
 * await rows.array() // [[0, 0, 0], [1, 1, 1]]
 * await columns.array() // [[5, 6, 7], [5, 6, 7]]
 */
export function meshgrid(...tensors: readonly Tensor[]): Tensor[] {
  const shape = tensors.map((x, i) => {
    if (x.rank !== 1) throw new ShapeError('meshgrid', `tensors must have 1 axis, got ${formatShape(x.shape)} (input ${i})`);
    return x.size;
  });
  return tensors.map((x, i) =>
    expandTo(
      reshape(
        x,
        shape.map((extent, axis) => (axis === i ? extent : 1)),
      ),
      shape,
    ),
  );
}

import { ArgumentError, formatShape, normalizeAxis, ShapeError, sameShape } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { concat } from './concat.ts';
import { unsqueeze } from './unsqueeze.ts';

/**
 * Joins tensors of one shape along a new axis.
 *
 * @param tensors - at least one, all of one shape. Different dtypes are promoted to the highest
 * @param axis - the place of the new axis in the result
 * @returns the shape of one, with as many as there are put in at `axis`
 * @throws {@link ShapeError} when the shapes differ, or for an axis out of range
 * @throws {@link ArgumentError} for no tensor at all
 * @example
 * await stack([tensor([1, 2]), tensor([3, 4])]).array() // [[1, 2], [3, 4]]
 * await stack([tensor([1, 2]), tensor([3, 4])], -1).array() // [[1, 3], [2, 4]]
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) throw new ArgumentError('stack', 'tensors must be at least one, got none');
  const { shape } = tensors[0];
  tensors.forEach((x, i) => {
    if (sameShape(x.shape, shape)) return;
    throw new ShapeError(
      'stack',
      `shapes must be equal, got ${formatShape(shape)} and ${formatShape(x.shape)} (inputs 0 and ${i})`,
    );
  });
  const place = normalizeAxis('stack', axis, shape.length + 1);
  return concat(
    tensors.map((x) => unsqueeze(x, place)),
    place,
  );
}

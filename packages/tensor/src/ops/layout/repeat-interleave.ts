import { ArgumentError, normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { expandTo } from './expand.ts';
import { reshape } from './reshape.ts';

/**
 * Repeats every element along an axis: $y_i = x_{\lfloor i / \text{count} \rfloor}$.
 *
 * @param x - any shape but a scalar
 * @param count - how often
 * @param axis - along which axis
 * @throws {@link ArgumentError} for a count that is no non-negative integer
 * @throws {@link ShapeError} for an axis out of range
 * @example
 * await repeatInterleave(tensor([1, 2]), 2, 0).data() // Float32Array [1, 1, 2, 2]
 */
export function repeatInterleave(x: Tensor, count: number, axis: number): Tensor {
  if (!Number.isInteger(count) || count < 0) {
    throw new ArgumentError('repeatInterleave', `count must be a non-negative integer, got ${count}`);
  }
  const along = normalizeAxis('repeatInterleave', axis, x.rank);
  const [outer, inner] = [x.shape.slice(0, along + 1), x.shape.slice(along + 1)];
  const spread = expandTo(reshape(x, [...outer, 1, ...inner]), [...outer, count, ...inner]);
  return reshape(
    spread,
    x.shape.map((extent, at) => (at === along ? extent * count : extent)),
  );
}

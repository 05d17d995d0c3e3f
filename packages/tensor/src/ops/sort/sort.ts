import type { Tensor } from '../../core/tensor.ts';
import { gather } from '../indexing/gather.ts';
import { orderAlong, type SortOptions } from './argsort.ts';

/** Elements in order, and where each came from. */
export interface SortResult {
  /** The dtype of the input; carries gradients. */
  readonly values: Tensor;
  /** int32, along the sorted axis. */
  readonly indices: Tensor;
}

/**
 * Sorts along an axis. Equal elements keep their order (in both directions), NaN counts as largest.
 *
 * @param x - any shape but a scalar, float or int32
 * @param axis - default: the last
 * @returns values and indices, both of the shape of `x`
 * @throws {@link ShapeError} for an axis out of range
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * const { values, indices } = sort(tensor([3, 1, 2]), -1, { descending: true });
 * await values.data() // Float32Array [3, 2, 1]
 * await indices.data() // Int32Array [0, 2, 1]
 */
export function sort(x: Tensor, axis = -1, options: SortOptions = {}): SortResult {
  const indices = orderAlong('sort', x, axis, options.descending ?? false);
  return { values: gather(x, indices, axis), indices };
}

import { ArgumentError, formatShape, normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { gather } from '../indexing/gather.ts';
import { slice } from '../layout/slice.ts';
import { orderAlong } from './argsort.ts';
import type { SortResult } from './sort.ts';

/** Options of {@link topK}. */
export interface TopKOptions {
  /** The largest elements, or (`false`) the smallest. Default `true`. */
  readonly largest?: boolean | undefined;
}

/**
 * The `k` largest elements along an axis, the largest first; of equal ones the first. NaN counts as largest.
 *
 * @param x - any shape but a scalar, float or int32
 * @param k - at most the extent of the axis
 * @param axis - default: the last
 * @returns values and int32 indices, the shape of `x` with extent `k` along `axis`
 * @throws {@link ArgumentError} for a `k` that the axis does not have
 * @throws {@link ShapeError} for an axis out of range
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * const { values, indices } = topK(tensor([3, 9, 5]), 2);
 * await values.data() // Float32Array [9, 5]
 * await indices.data() // Int32Array [1, 2]
 */
export function topK(x: Tensor, k: number, axis = -1, options: TopKOptions = {}): SortResult {
  const along = normalizeAxis('topK', axis, x.rank);
  if (!Number.isInteger(k) || k < 0 || k > x.shape[along]) {
    throw new ArgumentError(
      'topK',
      `k must be an integer in [0, ${x.shape[along]}], got ${k} (x ${formatShape(x.shape)}, axis ${along})`,
    );
  }
  const order = orderAlong('topK', x, along, options.largest ?? true);
  const indices = slice(
    order,
    x.shape.map((_, at) => (at === along ? [0, k] : null)),
  );
  return { values: gather(x, indices, along), indices };
}

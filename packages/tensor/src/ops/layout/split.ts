import { ArgumentError, formatShape, normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { slice } from './slice.ts';

/**
 * Cuts a tensor into parts along an axis: the inverse of {@link concat}.
 *
 * @param x - any shape but a scalar
 * @param sizes - the extent of each part; one number makes all that long, the last one shorter if need be
 * @param axis - default: the first
 * @returns at least one part
 * @throws {@link ArgumentError} for sizes that are no non-negative integers or do not add up to the axis
 * @throws {@link ShapeError} for an axis out of range
 * @example
 * const [a, b] = split(tensor([1, 2, 3, 4, 5]), [2, 3]);
 * await b.data() // Float32Array [3, 4, 5]
 * split(tensor([1, 2, 3, 4, 5]), 2).length // 3
 */
export function split(x: Tensor, sizes: number | readonly number[], axis = 0): Tensor[] {
  const along = normalizeAxis('split', axis, x.rank);
  const extent = x.shape[along];
  const list = typeof sizes === 'number' ? equalSizes(sizes, extent) : sizes;
  if (!list.every((size) => Number.isInteger(size) && size >= 0) || list.reduce((sum, size) => sum + size, 0) !== extent) {
    throw new ArgumentError('split', `sizes must be non-negative integers that add up to ${extent}, got ${formatShape(list)}`);
  }
  let end = 0;
  return list.map((size) => {
    end += size;
    const range = [end - size, end] as const;
    return slice(
      x,
      x.shape.map((_, at) => (at === along ? range : null)),
    );
  });
}

function equalSizes(size: number, extent: number): number[] {
  if (!Number.isInteger(size) || size < 1) throw new ArgumentError('split', `size must be a positive integer, got ${size}`);
  const parts = Math.max(1, Math.ceil(extent / size));
  return Array.from({ length: parts }, (_, i) => Math.min(size, extent - i * size));
}

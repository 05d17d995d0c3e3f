import { ArgumentError, normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { split } from './split.ts';

/**
 * Cuts a tensor into `count` parts of $\lceil n / \text{count} \rceil$ along an axis; the last one may be shorter, and there may be fewer
 * parts than asked for, as in PyTorch.
 *
 * @param x - any shape but a scalar
 * @param axis - default: the first
 * @throws {@link ArgumentError} for a count that is not positive
 * @throws {@link ShapeError} for an axis out of range
 * @example
 * chunk(tensor([1, 2, 3, 4, 5]), 3).map((part) => part.size) // [2, 2, 1]
 */
export function chunk(x: Tensor, count: number, axis = 0): Tensor[] {
  if (!Number.isInteger(count) || count < 1) throw new ArgumentError('chunk', `count must be a positive integer, got ${count}`);
  const extent = x.shape[normalizeAxis('chunk', axis, x.rank)];
  return extent === 0 ? Array.from({ length: count }, () => x) : split(x, Math.ceil(extent / count), axis);
}

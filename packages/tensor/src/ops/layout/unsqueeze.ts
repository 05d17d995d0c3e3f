import { normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from './reshape.ts';

/**
 * Puts in an axis of extent 1. The block is shared.
 *
 * @param x - any shape
 * @param axis - its place in the result; -1 makes it the last one
 * @throws {@link ShapeError} for an axis out of range
 * @example
 * unsqueeze(tensor([1, 2]), 0).shape // [1, 2]
 * unsqueeze(tensor([1, 2]), -1).shape // [2, 1]
 */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const place = normalizeAxis('unsqueeze', axis, x.rank + 1);
  return reshape(x, [...x.shape.slice(0, place), 1, ...x.shape.slice(place)]);
}

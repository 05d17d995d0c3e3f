import { normalizeAxis, ShapeError, sizeOf } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from './reshape.ts';

/**
 * Joins the axes from `startAxis` to `endAxis`, both included, into one; a scalar becomes `[1]`. The block is shared.
 *
 * @param x - any shape
 * @param startAxis - 1 keeps the batch axis
 * @throws {@link ShapeError} for an axis out of range, or `startAxis` after `endAxis`
 * @example
 * flatten(tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), 1).shape // [2, 4]
 */
export function flatten(x: Tensor, startAxis = 0, endAxis = -1): Tensor {
  const rank = Math.max(x.rank, 1);
  const start = normalizeAxis('flatten', startAxis, rank);
  const end = normalizeAxis('flatten', endAxis, rank);
  if (start > end) throw new ShapeError('flatten', `startAxis must not come after endAxis, got ${startAxis} and ${endAxis}`);
  return reshape(x, [...x.shape.slice(0, start), sizeOf(x.shape.slice(start, end + 1)), ...x.shape.slice(end + 1)]);
}

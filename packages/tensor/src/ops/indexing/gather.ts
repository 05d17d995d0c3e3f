import { normalizeAxis } from '@dl/kernels';
import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { asIndex } from './as-index.ts';
import { gatherOp } from './gather-ops.ts';
import { narrowTo } from './narrow.ts';

/**
 * One element of `x` for every index, from the same place along the other axes: $y_{i,j} = x_{\text{index}_{i,j},\,j}$ for axis 0.
 *
 * @param x - any shape but a scalar
 * @param index - as many axes as `x`, no larger than it but along `axis`; int32 or uint8, each in `[0, n)`
 * @returns the shape of `index`, the dtype of `x`
 * @throws {@link ShapeError} for an index of another rank or too large, or an axis out of range
 * @throws {@link DTypeError} for an index of another dtype
 * @throws {@link ArgumentError} for an index out of range, on backends that notice: those on the CPU do
 * @example
 * const index = tensor([[1], [0]], { dtype: 'int32' });
 * await gather(tensor([[1, 2], [3, 4]]), index, 1).array() // [[2], [3]]
 */
export function gather(x: Tensor, index: Tensor, axis: number): Tensor {
  const along = normalizeAxis('gather', axis, x.rank);
  const places = asIndex('gather', index);
  return apply(gatherOp, [narrowTo('gather', 'x', x, places.shape, along), places], { axis: along });
}

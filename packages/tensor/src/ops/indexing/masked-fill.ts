import { broadcastShapes, DTypeError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import type { Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { where } from '../comparison/where.ts';

/**
 * `value` where the mask is true, `x` elsewhere.
 *
 * @param x - any shape
 * @param mask - bool, broadcasts to the shape of `x`
 * @param value - a number, or a tensor that broadcasts to the shape of `x`
 * @returns the shape of `x`, the promoted dtype of `x` and `value`
 * @throws {@link ShapeError} when the mask or the value does not broadcast to `x`
 * @throws {@link DTypeError} for a mask that is not bool
 * @example
 * await maskedFill(tensor([1, 2, 3]), tensor([true, false, true]), -1).data() // Float32Array [-1, 2, -1]
 */
export function maskedFill(x: Tensor, mask: Tensor, value: Operand): Tensor {
  if (mask.dtype !== 'bool') {
    throw new DTypeError('maskedFill', `mask must be bool, got ${mask.dtype}: compare it, or convert it with cast(mask, 'bool')`);
  }
  const shapes = typeof value === 'number' ? [mask.shape] : [mask.shape, value.shape];
  for (const shape of shapes) {
    if (sameShape(broadcastShapes('maskedFill', x.shape, shape), x.shape)) continue;
    throw new ShapeError(
      'maskedFill',
      `mask and value must broadcast to x, got ${formatShape(shape)} (x ${formatShape(x.shape)})`,
    );
  }
  return where(mask, value, x);
}

import { DTypeError, formatShape, type Shape, ShapeError, sameShape } from '@dl/kernels';
import { cast, type Tensor } from '@dl/tensor';

/**
 * Class numbers as int32.
 *
 * @param why - what the shape comes from, for the message
 * @throws {@link DTypeError} or {@link ShapeError} unless they are integers of this shape
 */
export function classIndex(op: string, target: Tensor, shape: Shape, why: string): Tensor {
  if (target.dtype !== 'int32' && target.dtype !== 'uint8') {
    throw new DTypeError(
      op,
      `a target of class numbers must be int32 or uint8, got ${target.dtype}: convert with cast(target, 'int32')`,
    );
  }
  if (!sameShape(target.shape, shape)) {
    throw new ShapeError(op, `target must be ${formatShape(shape)}, ${why}, got ${formatShape(target.shape)}`);
  }
  return target.dtype === 'int32' ? target : cast(target, 'int32');
}

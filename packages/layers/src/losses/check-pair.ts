import { DTypeError, formatShape, isFloat, ShapeError, sameShape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/**
 * Refuses an input and a target that are not two float tensors of one shape: a loss that broadcast them would hide a mistake.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what to do
 */
export function checkPair(op: string, input: Tensor, target: Tensor): void {
  if (!isFloat(input.dtype) || input.dtype !== target.dtype) {
    throw new DTypeError(
      op,
      `input and target must be of one float dtype, got ${input.dtype} and ${target.dtype}: convert with cast(x, 'float32')`,
    );
  }
  if (!sameShape(input.shape, target.shape)) {
    throw new ShapeError(
      op,
      `input and target must have one shape, got ${formatShape(input.shape)} and ${formatShape(target.shape)}: reshape() or expandTo() the target`,
    );
  }
}

import { DTypeError, formatShape, isFloat, ShapeError, sameShape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/**
 * Refuses an input and a target that are not two float tensors of one shape: a loss that broadcast them would hide a mistake.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what to do
 */
export function checkPair(op: string, input: Tensor, target: Tensor): void {
  checkAlike(op, { input, target });
}

/**
 * As {@link checkPair}, of tensors with names of their own, the first of which the others must match.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what to do
 */
export function checkAlike(op: string, tensors: Readonly<Record<string, Tensor>>): void {
  const [[firstName, first], ...others] = Object.entries(tensors);
  for (const [name, other] of others) {
    checkFloats(op, { [firstName]: first, [name]: other });
    if (!sameShape(first.shape, other.shape)) {
      throw new ShapeError(
        op,
        `${firstName} and ${name} must have one shape, got ${formatShape(first.shape)} and ${formatShape(other.shape)}: reshape() or expandTo() the ${name}`,
      );
    }
  }
}

/**
 * Refuses tensors that are not of one float dtype.
 *
 * @throws {@link DTypeError}
 */
export function checkFloats(op: string, tensors: Readonly<Record<string, Tensor>>): void {
  const [[firstName, first], ...others] = Object.entries(tensors);
  for (const [name, other] of others) {
    if (isFloat(first.dtype) && first.dtype === other.dtype) continue;
    throw new DTypeError(
      op,
      `${firstName} and ${name} must be of one float dtype, got ${first.dtype} and ${other.dtype}: convert with cast(x, 'float32')`,
    );
  }
}

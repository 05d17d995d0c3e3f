import { DTypeError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/**
 * Refuses a target that is not the class numbers `[n, ...]` of scores `[n, c, ...]`; returns it.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what was expected
 */
export function checkClassTarget(op: string, scores: Tensor, target: Tensor): Tensor {
  const expected = scores.shape.filter((_, axis) => axis !== 1);
  if (scores.rank < 2 || !sameShape(expected, target.shape)) {
    throw new ShapeError(
      op,
      `scores must be [n, c, ...] and the target [n, ...], got ${formatShape(scores.shape)} and ${formatShape(target.shape)}`,
    );
  }
  if (target.dtype !== 'int32' && target.dtype !== 'uint8') {
    throw new DTypeError(op, `the target must be class numbers, int32 or uint8, got ${target.dtype}`);
  }
  return target;
}

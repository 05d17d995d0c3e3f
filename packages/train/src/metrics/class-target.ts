import { DTypeError, formatShape, isFloat, ShapeError, sameShape } from '@dl/kernels';
import { argMax, type Tensor } from '@dl/tensor';

/**
 * The class numbers `[n, ...]` that a target of scores `[n, c, ...]` has: itself, or the most probable classes where it has the shape of the
 * scores, as mixed batches do.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what was expected
 */
export function classTarget(op: string, scores: Tensor, target: Tensor): Tensor {
  if (isSoftTarget(scores, target)) return argMax(target, 1);
  const expected = scores.shape.filter((_, axis) => axis !== 1);
  if (scores.rank < 2 || !sameShape(expected, target.shape)) {
    throw new ShapeError(
      op,
      `scores must be [n, c, ...] and the target [n, ...], or probabilities [n, c, ...], got ${formatShape(scores.shape)} and ${formatShape(target.shape)}`,
    );
  }
  if (target.dtype !== 'int32' && target.dtype !== 'uint8') {
    throw new DTypeError(op, `the target must be class numbers, int32 or uint8, got ${target.dtype}`);
  }
  return target;
}

/** Whether a target has a probability for each score. */
export function isSoftTarget(scores: Tensor, target: Tensor): boolean {
  return scores.rank >= 2 && isFloat(target.dtype) && sameShape(scores.shape, target.shape);
}

import { formatShape, ShapeError, sameShape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { checkAlike, checkFloats } from './check-pair.ts';

/**
 * Refuses two batches of vectors `[..., d]` with labels that are not one a pair, `[...]`.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what to do
 */
export function checkLabelledPairs(op: string, x1: Tensor, x2: Tensor, target: Tensor): void {
  if (x1.rank === 0) throw new ShapeError(op, 'x1 and x2 must be vectors [..., d], got scalars');
  checkAlike(op, { x1, x2 });
  checkFloats(op, { x1, target });
  const expected = x1.shape.slice(0, -1);
  if (!sameShape(target.shape, expected)) {
    throw new ShapeError(
      op,
      `target must be one label a pair, ${formatShape(expected)}, got ${formatShape(target.shape)} (x1 ${formatShape(x1.shape)})`,
    );
  }
}

import { formatShape, ShapeError } from '@dl/kernels';
import {
  any,
  cast,
  cumSum,
  div,
  equal,
  gather,
  less,
  logicalAnd,
  logicalNot,
  oneHot,
  relu,
  sub,
  sum,
  type Tensor,
  unsqueeze,
  where,
} from '@dl/tensor';
import { classIndex } from './class-index.ts';
import { checkScores, lookUp } from './class-losses.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/**
 * Hinge loss of several labels at once, $\ell_n = \frac{1}{C} \sum_{j \in Y} \sum_{i \notin Y} \max(0, 1 - x_{n,j} + x_{n,i})$: each label should
 * beat each class that is none by 1. The gradient at a margin is 0.
 *
 * @param scores - `[n, c]` or `[c]`, float
 * @param target - the same shape, int32: in each row the numbers of the labels, then -1, and what follows does not count
 * @returns a scalar, or `[n]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes do not fit
 * @throws {@link DTypeError} for scores that are not float or a target that is not integer
 * @throws {@link ArgumentError} for a class number that is none, on backends that notice: those on the CPU do
 * @example
 * const target = tensor([3, 0, -1, 1], { dtype: 'int32' });
 * await multilabelMarginLoss(tensor([0.1, 0.2, 0.4, 0.8]), target).item() // 0.85
 */
export function multilabelMarginLoss(scores: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  const op = 'multilabelMarginLoss';
  checkScores(op, scores, undefined);
  if (scores.rank > 2) throw new ShapeError(op, `scores must be [n, c] or [c], got ${formatShape(scores.shape)}`);
  const numbers = classIndex(op, target, scores.shape, 'the shape of the scores');
  const classes = scores.shape[scores.rank - 1];
  const counts = equal(cumSum(cast(less(numbers, 0), 'int32'), -1), 0);
  const index = where(counts, numbers, 0);
  const ofLabels = unsqueeze(
    lookUp(op, () => gather(scores, index, -1)),
    -1,
  );
  // Axes [..., label, class].
  const hinges = relu(sub(1, sub(ofLabels, unsqueeze(scores, -2))));
  const isCounted = unsqueeze(counts, -1);
  const isLabel = any(logicalAnd(oneHot(index, classes, { dtype: 'bool' }), isCounted), -2, { keepDims: true });
  const losses = div(sum(where(logicalAnd(isCounted, logicalNot(isLabel)), hinges, 0), [-2, -1]), classes);
  return reduceLoss(op, losses, reduction);
}

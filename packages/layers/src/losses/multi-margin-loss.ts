import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import { add, div, gather, mul, oneHot, relu, square, sub, sum, type Tensor, take, unsqueeze, where } from '@dl/tensor';
import { checkScores, classNumbers, lookUp } from './class-losses.ts';
import type { MarginOptions } from './hinge-loss.ts';
import { reduceLoss } from './reduction.ts';

/** Options of {@link multiMarginLoss}. */
export interface MultiMarginLossOptions extends MarginOptions {
  /** The power of each hinge, 1 (default) or 2. */
  readonly p?: 1 | 2 | undefined;
  /** `[c]`: what the loss of each class is multiplied by; a mean divides by the examples nevertheless. */
  readonly weight?: Tensor | undefined;
}

/**
 * Hinge loss of several classes, $\ell_n = \frac{w_y}{C} \sum_{c \ne y} \max(0, m - x_{n,y} + x_{n,c})^p$: the class should beat each other one by
 * a margin. The gradient at a margin is 0.
 *
 * @param scores - `[n, c]` or `[c]`, float
 * @param target - class numbers `[n]` or a scalar, int32 or uint8
 * @param options - the margin is 1 unless said
 * @returns a scalar, or `[n]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes do not fit
 * @throws {@link DTypeError} for scores that are not float or a target that is not integer
 * @throws {@link ArgumentError} for another `p`, or a class number that is none, on backends that notice: those on the CPU do
 * @example
 * const scores = tensor([[0.5, 0.25, 2]]);
 * await multiMarginLoss(scores, tensor([2], { dtype: 'int32' }), { margin: 2 }).item() // 0.25
 * @see Crammer & Singer, On the algorithmic implementation of multiclass kernel-based vector machines, 2001
 */
export function multiMarginLoss(scores: Tensor, target: Tensor, options: MultiMarginLossOptions = {}): Tensor {
  const { margin = 1, p = 1, weight, reduction = 'mean' } = options;
  checkScores('multiMarginLoss', scores, weight);
  if (scores.rank > 2) throw new ShapeError('multiMarginLoss', `scores must be [n, c] or [c], got ${formatShape(scores.shape)}`);
  if (p !== 1 && p !== 2) throw new ArgumentError('multiMarginLoss', `p must be 1 or 2, got ${String(p)}`);
  const index = classNumbers('multiMarginLoss', scores, target);
  const picked = lookUp('multiMarginLoss', () => gather(scores, unsqueeze(index, -1), -1));
  const hinges = relu(sub(add(scores, margin), picked));
  const classes = scores.shape[scores.rank - 1];
  const isClass = oneHot(index, classes, { dtype: 'bool' });
  const losses = div(sum(where(isClass, 0, p === 1 ? hinges : square(hinges)), -1), classes);
  return reduceLoss('multiMarginLoss', weight === undefined ? losses : mul(losses, take(weight, index)), reduction);
}

import { DlError, DTypeError, formatShape, isFloat, ShapeError, sameShape } from '@dl/kernels';
import { cast, div, gather, mul, neg, notEqual, squeeze, sum, type Tensor, take, unsqueeze, where } from '@dl/tensor';
import { classIndex } from './class-index.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/** Options of the losses over classes. */
export interface ClassLossOptions extends LossOptions {
  /** `[c]`: what the loss of each class is multiplied by; a mean divides by the weights that took part. */
  readonly weight?: Tensor | undefined;
  /** A class number whose elements do not count. Default -100. */
  readonly ignoreIndex?: number | undefined;
}

/** What class numbers say about a loss, element by element of the target. */
export interface ClassTarget {
  /** Class numbers, with 0 in place of the ignored ones: what may be indexed with. */
  readonly index: Tensor;
  /** The class's weight, 0 where the element does not count. */
  readonly weights: Tensor;
  /** Losses, with 0 where the element does not count. */
  masked(losses: Tensor): Tensor;
}

/** The axis of the classes: 1, or the only one where there is no batch. */
export function classAxisOf(scores: Tensor): number {
  return scores.rank === 1 ? 0 : 1;
}

/**
 * Refuses scores that are not float `[n, c, ...]` or `[c]`, and weights that are not `[c]`.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what to do
 */
export function checkScores(op: string, scores: Tensor, weight: Tensor | undefined): void {
  if (!isFloat(scores.dtype))
    throw new DTypeError(op, `scores must be float, got ${scores.dtype}: convert with cast(x, 'float32')`);
  if (scores.rank === 0) throw new ShapeError(op, 'scores must be [n, c, ...] or [c], got a scalar');
  const classes = scores.shape[classAxisOf(scores)];
  if (weight !== undefined && !sameShape(weight.shape, [classes])) {
    throw new ShapeError(op, `weight must be one number a class, [${classes}], got ${formatShape(weight.shape)}`);
  }
}

/**
 * One class number for each vector of scores, as int32.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what to do
 */
export function classNumbers(op: string, scores: Tensor, target: Tensor): Tensor {
  const axis = classAxisOf(scores);
  const expected = scores.shape.filter((_, i) => i !== axis);
  return classIndex(op, target, expected, `the shape of the scores ${formatShape(scores.shape)} without the classes`);
}

/**
 * Reads class numbers for `scores`.
 *
 * @throws {@link ShapeError} or {@link DTypeError} saying what to do
 */
export function classTarget(
  op: string,
  scores: Tensor,
  target: Tensor,
  { weight, ignoreIndex = -100 }: ClassLossOptions,
): ClassTarget {
  const numbers = classNumbers(op, scores, target);
  const counted = notEqual(numbers, ignoreIndex);
  const index = where(counted, numbers, 0);
  const ones = cast(counted, scores.dtype);
  return {
    index,
    weights:
      weight === undefined
        ? ones
        : mul(
            lookUp(op, () => take(weight, index)),
            ones,
          ),
    masked: (losses) => where(counted, losses, 0),
  };
}

/** $-w_{y} \, s_{y}$ element by element: the weighted score of the target's class, negated. */
export function pickedLosses(op: string, scores: Tensor, target: ClassTarget): Tensor {
  const axis = classAxisOf(scores);
  const picked = lookUp(op, () => squeeze(gather(scores, unsqueeze(target.index, axis), axis), axis));
  return target.masked(neg(mul(picked, target.weights)));
}

/** The values of a target are seen by the backend first: an index that it refuses is a class number that is none. */
export function lookUp<T>(op: string, fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    throw error instanceof DlError ? error.within(`${op}, whose target must hold class numbers`) : error;
  }
}

/** As {@link reduceLoss}, but a mean divides by the weights that took part. */
export function reduceClassLoss(op: string, losses: Tensor, target: ClassTarget, { reduction = 'mean' }: LossOptions): Tensor {
  return reduction === 'mean' ? div(sum(losses), sum(target.weights)) : reduceLoss(op, losses, reduction);
}

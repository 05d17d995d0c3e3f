import { ArgumentError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { add, argMax, clamp, div, exp, log, logSoftmax, logSumExp, movedim, oneHot, stack, sub, type Tensor } from '@dl/tensor';

/** How several answers become one: by the number of those that say a class, or by the mean of their probabilities. */
export type Combine = 'vote' | 'mean';

/**
 * Logits `[n, c, ...]` of what several classifiers say together: the softmax of the result has the shares of the votes, or the mean
 * probabilities. The mean of the probabilities votes, too, so that it decides where others are tied, and never against a majority.
 *
 * @throws {@link ShapeError} when they are not logits of one shape
 */
export function combine(op: string, logits: readonly Tensor[], how: Combine): Tensor {
  const [{ shape }] = logits;
  for (const one of logits) {
    if (one.rank < 2 || !sameShape(one.shape, shape))
      throw new ShapeError(
        op,
        `answers must be logits [n, c, ...] of one shape, got ${formatShape(shape)} and ${formatShape(one.shape)}`,
      );
  }
  const mean = sub(logSumExp(stack(logits.map((one) => logSoftmax(one, 1))), 0), Math.log(logits.length));
  if (how === 'mean') return mean;
  const votes = logits.map(ballot).reduce((sum, one) => add(sum, one));
  // A probability that float32 has no room for must not make the loss infinite.
  return log(clamp(div(add(votes, exp(mean)), logits.length + 1), { min: 1e-37 }));
}

/** @throws {@link ArgumentError} unless there is something to combine in a way there is */
export function checkCombine(op: string, what: string, count: number, how: Combine): void {
  if (count === 0) throw new ArgumentError(op, `there must be ${what}, got none`);
  if (how !== 'vote' && how !== 'mean') throw new ArgumentError(op, `combine must be vote or mean, got ${String(how)}`);
}

/** 1 at the class with the highest score, the first of several, and 0 elsewhere. */
function ballot(logits: Tensor): Tensor {
  return movedim(oneHot(argMax(logits, 1), logits.shape[1], { dtype: logits.dtype }), -1, 1);
}

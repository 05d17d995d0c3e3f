import { outcomesOf, sumOf } from './class-figures.ts';
import type { Counts } from './confusion-matrix.ts';
import { ConfusionMetric } from './confusion-metric.ts';

/**
 * The mean recall of the classes that come: an accuracy that a frequent class cannot carry. Guessing has $1 / c$.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const balanced = new BalancedAccuracy(2);
 * balanced.update(tensor([[3, 1], [5, 2], [4, 0], [0, 1]]), tensor([0, 0, 0, 1], { dtype: 'int32' }));
 * await balanced.compute() // 1
 */
export class BalancedAccuracy extends ConfusionMetric {
  /** @throws {@link ArgumentError} unless `classes` is a positive integer */
  constructor(classes: number) {
    super('BalancedAccuracy', classes);
  }

  protected override figure(counts: Counts): number {
    const recalls = outcomesOf(counts).flatMap(({ tp, fn }) => (tp + fn === 0 ? [] : [tp / (tp + fn)]));
    return sumOf(recalls) / recalls.length;
  }
}

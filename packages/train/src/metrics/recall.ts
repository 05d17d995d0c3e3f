import { type AverageOptions, averageShare, checkAverage, recallShare } from './class-figures.ts';
import type { Counts } from './confusion-matrix.ts';
import { ConfusionMetric } from './confusion-metric.ts';

/**
 * How much of a class is found, averaged over the classes: $\mathrm{tp} / (\mathrm{tp} + \mathrm{fn})$.
 *
 * A class that never comes has 0 / 0: see `zeroDivision`. {@link BalancedAccuracy} leaves such classes out instead.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does. Every class counts in the mean, as with all `labels` in
 * scikit-learn; {@link ClassificationReport} has the classes one by one.
 *
 * @example
 * const metric = new Recall(2);
 * metric.update(tensor([[1, 3], [5, 2], [4, 0]]), tensor([1, 1, 0], { dtype: 'int32' }));
 * await metric.compute() // 0.75
 */
export class Recall extends ConfusionMetric {
  readonly #options: AverageOptions;

  /** @throws {@link ArgumentError} unless `classes` is a positive integer, and for an average that is none */
  constructor(classes: number, options: AverageOptions = {}) {
    super('Recall', classes);
    checkAverage('Recall', options);
    this.#options = options;
  }

  protected override figure(counts: Counts): number {
    return averageShare(counts, recallShare, this.#options);
  }
}

import { type AverageOptions, averageShare, checkAverage, precisionShare } from './class-figures.ts';
import type { Counts } from './confusion-matrix.ts';
import { ConfusionMetric } from './confusion-metric.ts';

/**
 * How much of what is said to be a class is of it, averaged over the classes: $\mathrm{tp} / (\mathrm{tp} + \mathrm{fp})$.
 *
 * A class that is never said has 0 / 0: see `zeroDivision`.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does. Every class counts in the mean, as with all `labels` in
 * scikit-learn; {@link ClassificationReport} has the classes one by one.
 *
 * @example
 * const metric = new Precision(2);
 * metric.update(tensor([[1, 3], [5, 2], [4, 0]]), tensor([1, 1, 0], { dtype: 'int32' }));
 * await metric.compute() // 0.75
 */
export class Precision extends ConfusionMetric {
  readonly #options: AverageOptions;

  /** @throws {@link ArgumentError} unless `classes` is a positive integer, and for an average that is none */
  constructor(classes: number, options: AverageOptions = {}) {
    super('Precision', classes);
    checkAverage('Precision', options);
    this.#options = options;
  }

  protected override figure(counts: Counts): number {
    return averageShare(counts, precisionShare, this.#options);
  }
}

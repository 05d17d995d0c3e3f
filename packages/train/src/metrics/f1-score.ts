import { type AverageOptions, averageShare, checkAverage, f1Share } from './class-figures.ts';
import type { Counts } from './confusion-matrix.ts';
import { ConfusionMetric } from './confusion-metric.ts';

/**
 * The harmonic mean of precision and recall, averaged over the classes: $F_1 = 2 \mathrm{tp} / (2 \mathrm{tp} + \mathrm{fp} + \mathrm{fn})$.
 *
 * A class that neither comes nor is said has 0 / 0: see `zeroDivision`.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does. Every class counts in the mean, as with all `labels` in
 * scikit-learn; {@link ClassificationReport} has the classes one by one.
 *
 * @example
 * const metric = new F1Score(2);
 * metric.update(tensor([[1, 3], [5, 2], [4, 0]]), tensor([1, 1, 0], { dtype: 'int32' }));
 * await metric.compute() // 0.6667
 */
export class F1Score extends ConfusionMetric {
  readonly #options: AverageOptions;

  /** @throws {@link ArgumentError} unless `classes` is a positive integer, and for an average that is none */
  constructor(classes: number, options: AverageOptions = {}) {
    super('F1Score', classes);
    checkAverage('F1Score', options);
    this.#options = options;
  }

  protected override figure(counts: Counts): number {
    return averageShare(counts, f1Share, this.#options);
  }
}

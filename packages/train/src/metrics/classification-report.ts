import { f1Share, outcomesOf, precisionShare, recallShare, shareOf } from './class-figures.ts';
import type { Counts } from './confusion-matrix.ts';
import { ConfusionMetric } from './confusion-metric.ts';

/** How well one class is told from the others. */
export interface ClassFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How many samples are of the class. */
  readonly support: number;
}

/** Options of {@link ClassificationReport}. */
export interface ClassificationReportOptions {
  /** What is 0 / 0. Default 0. */
  readonly zeroDivision?: 0 | 1 | undefined;
}

/**
 * Precision, recall, $F_1$ and the number of samples of each class, as scikit-learn's `classification_report`.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const report = new ClassificationReport(2);
 * report.update(tensor([[1, 3], [5, 2], [4, 0], [2, 1]]), tensor([1, 1, 0, 0], { dtype: 'int32' }));
 * (await report.compute())[1] // { precision: 1, recall: 0.5, f1: 0.6667, support: 2 }
 */
export class ClassificationReport extends ConfusionMetric<readonly ClassFigures[]> {
  readonly #zeroDivision: number;

  /** @throws {@link ArgumentError} unless `classes` is a positive integer */
  constructor(classes: number, { zeroDivision = 0 }: ClassificationReportOptions = {}) {
    super('ClassificationReport', classes);
    this.#zeroDivision = zeroDivision;
  }

  protected override figure(counts: Counts): readonly ClassFigures[] {
    return outcomesOf(counts).map((outcomes) => ({
      precision: shareOf(precisionShare(outcomes), this.#zeroDivision),
      recall: shareOf(recallShare(outcomes), this.#zeroDivision),
      f1: shareOf(f1Share(outcomes), this.#zeroDivision),
      support: outcomes.tp + outcomes.fn,
    }));
  }
}

import type { Tensor } from '@dl/tensor';
import type { Metric, MetricState } from './metric.ts';
import { RankedScores } from './ranked-scores.ts';
import { roc } from './roc.ts';

/**
 * The area under the receiver operating characteristic: the probability that a positive has a higher score than a negative, ties counting one
 * half. Of several classes the mean of each against the others; a class without samples, or with all of them, is left out. Keeps the scores
 * of all samples on the device until the reset.
 *
 * Takes scores `[n]` or `[n, 1]` and 0 or 1 for each, or logits `[n, c]` and class numbers `[n]`.
 *
 * @example
 * const area = new AUROC();
 * area.update(tensor([0.1, 0.4, 0.35, 0.8]), tensor([0, 0, 1, 1], { dtype: 'int32' }));
 * await area.compute() // 0.75
 * @see Hanley & McNeil, The meaning and use of the area under a receiver operating characteristic curve, 1982
 */
export class AUROC implements Metric {
  readonly #scores: RankedScores = new RankedScores('AUROC');

  /** @throws {@link ShapeError} or {@link DTypeError} when scores and target do not fit */
  update(output: Tensor, target: Tensor): void {
    this.#scores.add(output, target);
  }

  /** Between 0 and 1, by chance one half; NaN without positives or negatives. */
  compute(): Promise<number> {
    return this.#scores.mean((scores, labels) => roc(scores, labels).auc);
  }

  /** Starts over. */
  reset(): void {
    this.#scores.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#scores.state();
  }

  /**
   * Takes over what {@link AUROC.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#scores.restore(state);
  }
}

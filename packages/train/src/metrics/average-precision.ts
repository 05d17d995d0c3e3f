import type { Tensor } from '@dl/tensor';
import type { Metric, MetricState } from './metric.ts';
import { RankedScores } from './ranked-scores.ts';
import { stepsOf } from './roc.ts';

/**
 * The area under precision over recall as a sum of steps, $\sum_i (R_i - R_{i-1}) P_i$ over all thresholds. Of several classes the mean of each
 * against the others, but for those without samples. Keeps the scores of all samples on the device until the reset.
 *
 * Takes scores `[n]` or `[n, 1]` and 0 or 1 for each, or logits `[n, c]` and class numbers `[n]`.
 *
 * @example
 * const average = new AveragePrecision();
 * average.update(tensor([0.1, 0.4, 0.35, 0.8]), tensor([0, 0, 1, 1], { dtype: 'int32' }));
 * await average.compute() // 0.8333
 */
export class AveragePrecision implements Metric {
  readonly #scores: RankedScores = new RankedScores('AveragePrecision');

  /** @throws {@link ShapeError} or {@link DTypeError} when scores and target do not fit */
  update(output: Tensor, target: Tensor): void {
    this.#scores.add(output, target);
  }

  /** Between 0 and 1; NaN without positives. */
  compute(): Promise<number> {
    return this.#scores.mean(averagePrecision);
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
   * Takes over what {@link AveragePrecision.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#scores.restore(state);
  }
}

function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const steps = stepsOf('AveragePrecision', scores, labels);
  const positives = steps[steps.length - 1].tp;
  let sum = 0;
  for (let i = 1; i < steps.length; i++) sum += (steps[i].tp - steps[i - 1].tp) * (steps[i].tp / (steps[i].tp + steps[i].fp));
  return positives === 0 ? Number.NaN : sum / positives;
}

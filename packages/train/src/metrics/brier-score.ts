import { movedim, oneHot, softmax, square, sub, sum, type Tensor } from '@dl/tensor';
import { classTarget, isSoftTarget } from './class-target.ts';
import { DeviceMean } from './device-mean.ts';
import type { Metric, MetricState } from './metric.ts';

/**
 * The mean squared distance between the probabilities and the truth, $\frac{1}{n} \sum_n \sum_c (p_{n,c} - q_{n,c})^2$: from 0 to 2, the lower the
 * better, and lowest in expectation for the true probabilities. For two classes it is twice what scikit-learn's `brier_score_loss` gives.
 *
 * Takes logits `[n, c, ...]` and class numbers `[n, ...]`, or probabilities `[n, c, ...]`.
 *
 * @example
 * const brier = new BrierScore();
 * brier.update(tensor([[0, 0]]), tensor([1], { dtype: 'int32' }));
 * await brier.compute() // 0.5
 * @see Brier, Verification of forecasts expressed in terms of probability, 1950
 */
export class BrierScore implements Metric {
  readonly #distances: DeviceMean = new DeviceMean();

  /** @throws {@link ShapeError} or {@link DTypeError} when the target is neither */
  update(output: Tensor, target: Tensor): void {
    this.#distances.add(() => {
      const classes = classTarget('BrierScore', output, target);
      const truth = (): Tensor => movedim(oneHot(classes, output.shape[1], { dtype: output.dtype }), -1, 1);
      return sum(square(sub(softmax(output, 1), isSoftTarget(output, target) ? target : truth())));
    }, output.size / output.shape[1]);
  }

  /** NaN before the first batch. */
  compute(): Promise<number> {
    return this.#distances.read();
  }

  /** Starts over. */
  reset(): void {
    this.#distances.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#distances.state();
  }

  /**
   * Takes over what {@link BrierScore.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#distances.restore('BrierScore', state);
  }
}

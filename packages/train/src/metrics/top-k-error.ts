import type { Tensor } from '@dl/tensor';
import type { Metric, MetricState } from './metric.ts';
import { TopKAccuracy } from './top-k-accuracy.ts';

/**
 * The share of samples whose class is not among the `k` highest scores: the top-1 and top-5 errors that ImageNet's tables give.
 * Ties are those of {@link TopKAccuracy}.
 *
 * @example
 * const error = new TopKError(1);
 * error.update(tensor([[1, 3, 2], [5, 2, 4], [1, 0, 0]]), tensor([2, 0, 0], { dtype: 'int32' }));
 * await error.compute() // 0.3333
 * @see Russakovsky et al., ImageNet large scale visual recognition challenge, 2015, section 4.1
 */
export class TopKError implements Metric {
  readonly #accuracy: TopKAccuracy;

  /**
   * @param k - default 1: the error rate
   * @throws {@link ArgumentError} unless `k` is a positive integer
   */
  constructor(k = 1) {
    this.#accuracy = new TopKAccuracy(k);
  }

  /** See {@link TopKAccuracy.update}. */
  update(output: Tensor, target: Tensor): void {
    this.#accuracy.update(output, target);
  }

  /** Between 0 and 1; NaN before the first batch. */
  async compute(): Promise<number> {
    return 1 - (await this.#accuracy.compute());
  }

  /** Starts over. */
  reset(): void {
    this.#accuracy.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#accuracy.state();
  }

  /**
   * Takes over what {@link TopKError.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#accuracy.restore(state);
  }
}

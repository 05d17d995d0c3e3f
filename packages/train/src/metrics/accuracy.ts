import { argMax, cast, equal, sum, type Tensor } from '@dl/tensor';
import { classTarget } from './class-target.ts';
import { DeviceMean } from './device-mean.ts';
import type { Metric, MetricState } from './metric.ts';

/**
 * The share of samples whose class has the highest score; of several highest, the first counts.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`; probabilities `[n, c, ...]`, as mixed batches have them, count as the most probable class.
 *
 * @example
 * const accuracy = new Accuracy();
 * accuracy.update(tensor([[1, 3], [5, 2]]), tensor([1, 1], { dtype: 'int32' }));
 * await accuracy.compute() // 0.5
 */
export class Accuracy implements Metric {
  readonly #right: DeviceMean = new DeviceMean();

  /** @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores */
  update(output: Tensor, target: Tensor): void {
    this.#right.add(
      () => sum(cast(equal(argMax(output, 1), classTarget('Accuracy', output, target)), 'int32')),
      output.size / output.shape[1],
    );
  }

  /** Between 0 and 1; NaN before the first batch. */
  compute(): Promise<number> {
    return this.#right.read();
  }

  /** Starts over. */
  reset(): void {
    this.#right.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#right.state();
  }

  /**
   * Takes over what {@link Accuracy.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#right.restore('Accuracy', state);
  }
}

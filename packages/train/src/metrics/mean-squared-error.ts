import { square, sub, sum, type Tensor } from '@dl/tensor';
import { checkSameShape } from './check-same-shape.ts';
import { DeviceMean } from './device-mean.ts';
import type { Metric, MetricState } from './metric.ts';

/**
 * The mean of $(\hat y - y)^2$ over all elements.
 *
 * Takes outputs and targets of one shape.
 *
 * @example
 * const error = new MeanSquaredError();
 * error.update(tensor([1, 2, 5]), tensor([1, 2, 2]));
 * await error.compute() // 3
 */
export class MeanSquaredError implements Metric {
  readonly #squares: DeviceMean = new DeviceMean();

  /** @throws {@link ShapeError} when the shapes differ */
  update(output: Tensor, target: Tensor): void {
    checkSameShape('MeanSquaredError', output, target);
    this.#squares.add(() => sum(square(sub(output, target))), output.size);
  }

  /** NaN before the first batch. */
  compute(): Promise<number> {
    return this.#squares.read();
  }

  /** Starts over. */
  reset(): void {
    this.#squares.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#squares.state();
  }

  /**
   * Takes over what {@link MeanSquaredError.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#squares.restore('MeanSquaredError', state);
  }
}

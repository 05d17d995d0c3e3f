import { abs, sub, sum, type Tensor } from '@dl/tensor';
import { checkSameShape } from './check-same-shape.ts';
import { DeviceMean } from './device-mean.ts';
import type { Metric, MetricState } from './metric.ts';

/**
 * The mean of $|\hat y - y|$ over all elements.
 *
 * Takes outputs and targets of one shape.
 *
 * @example
 * const error = new MeanAbsoluteError();
 * error.update(tensor([1, 2, 5]), tensor([1, 2, 2]));
 * await error.compute() // 1
 */
export class MeanAbsoluteError implements Metric {
  readonly #distances: DeviceMean = new DeviceMean();

  /** @throws {@link ShapeError} when the shapes differ */
  update(output: Tensor, target: Tensor): void {
    checkSameShape('MeanAbsoluteError', output, target);
    this.#distances.add(() => sum(abs(sub(output, target))), output.size);
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
   * Takes over what {@link MeanAbsoluteError.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#distances.restore('MeanAbsoluteError', state);
  }
}

import { argMax, cast, equal, sum, type Tensor } from '@dl/tensor';
import { checkClassTarget } from './check-class-target.ts';
import { DeviceTotal } from './device-total.ts';
import type { Metric, MetricState } from './metric.ts';
import { numberOf, tensorOf } from './metric-state.ts';

/**
 * The share of samples whose class has the highest score; of several highest, the first counts.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`.
 *
 * @example
 * const accuracy = new Accuracy();
 * accuracy.update(tensor([[1, 3], [5, 2]]), tensor([1, 1], { dtype: 'int32' }));
 * await accuracy.compute() // 0.5
 */
export class Accuracy implements Metric {
  readonly #right: DeviceTotal = new DeviceTotal();
  #count = 0;

  /** @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores */
  update(output: Tensor, target: Tensor): void {
    const classes = checkClassTarget('Accuracy', output, target);
    this.#right.add(() => sum(cast(equal(argMax(output, 1), classes), 'int32')));
    this.#count += target.size;
  }

  /** Between 0 and 1; NaN before the first batch. */
  async compute(): Promise<number> {
    const count = this.#count;
    return ((await this.#right.read())?.[0] ?? 0) / count;
  }

  /** Starts over. */
  reset(): void {
    this.#right.reset();
    this.#count = 0;
  }

  /** The sum and its count, to save. */
  async state(): Promise<MetricState> {
    return { right: await this.#right.state(), count: this.#count };
  }

  /**
   * Takes over what {@link Accuracy.state} gave.
   *
   * @throws {@link ArgumentError} for a state without it
   */
  restore(state: MetricState): void {
    this.#count = numberOf('Accuracy', state, 'count');
    this.#right.restore(tensorOf('Accuracy', state, 'right'));
  }
}

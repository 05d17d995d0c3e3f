import { mul, reshape, type Tensor } from '@dl/tensor';
import { DeviceTotal } from './device-total.ts';
import type { MetricState } from './metric.ts';
import { numberOf, tensorOf } from './metric-state.ts';

/**
 * The mean of scalars with weights, such as batch losses with batch sizes.
 *
 * @example
 * const loss = new RunningMean();
 * loss.add(tensor(2), 64);
 * loss.add(tensor(5), 32);
 * await loss.compute() // 3
 */
export class RunningMean {
  readonly #total: DeviceTotal = new DeviceTotal();
  #weight = 0;

  /** Takes in a tensor of one element; the weight is 1 unless said. */
  add(value: Tensor, weight = 1): void {
    this.#total.add(() => mul(reshape(value, [1]), weight));
    this.#weight += weight;
  }

  /** The mean so far; NaN before the first value. */
  async compute(): Promise<number> {
    const weight = this.#weight;
    const total = await this.#total.read();
    return total === undefined ? Number.NaN : total[0] / weight;
  }

  /** Starts over. */
  reset(): void {
    this.#total.reset();
    this.#weight = 0;
  }

  /** The sum and its weights, to save. */
  async state(): Promise<MetricState> {
    return { total: await this.#total.state(), weight: this.#weight };
  }

  /**
   * Takes over what {@link RunningMean.state} gave.
   *
   * @throws {@link ArgumentError} for a state without it
   */
  restore(state: MetricState): void {
    this.#weight = numberOf('RunningMean', state, 'weight');
    this.#total.restore(tensorOf('RunningMean', state, 'total'));
  }
}

import type { Tensor } from '@dl/tensor';
import { DeviceTotal } from './device-total.ts';
import type { MetricState } from './metric.ts';
import { numberOf, tensorOf } from './metric-state.ts';

/** A sum on the device over a count on the host: what a metric that is a mean gathers. */
export class DeviceMean {
  readonly #total: DeviceTotal = new DeviceTotal();
  #count = 0;

  /** Adds the sum that `fn` computes over `count` things; see {@link DeviceTotal.add}. */
  add(fn: () => Tensor, count: number): void {
    this.#total.add(fn);
    this.#count += count;
  }

  /** NaN before the first addition. */
  async read(): Promise<number> {
    const count = this.#count;
    return ((await this.#total.read())?.[0] ?? 0) / count;
  }

  /** Back to nothing. */
  reset(): void {
    this.#total.reset();
    this.#count = 0;
  }

  /** The sum and its count, to save. */
  async state(): Promise<MetricState> {
    const count = this.#count;
    return { total: await this.#total.state(), count };
  }

  /** Takes over what {@link DeviceMean.state} gave, on behalf of a metric. */
  restore(op: string, state: MetricState): void {
    this.#count = numberOf(op, state, 'count');
    this.#total.restore(tensorOf(op, state, 'total'));
  }
}

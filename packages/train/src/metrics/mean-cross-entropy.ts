import { crossEntropy } from '@dl/layers';
import { cast, notEqual, sum, type Tensor } from '@dl/tensor';
import { isSoftTarget } from './class-target.ts';
import { DeviceTotal } from './device-total.ts';
import type { MetricState } from './metric.ts';
import { numberOf, tensorOf } from './metric-state.ts';

/** The cross-entropy over all elements that count, on the device until it is read. */
export class MeanCrossEntropy {
  readonly #ignoreIndex: number;
  readonly #losses: DeviceTotal = new DeviceTotal();
  readonly #counted: DeviceTotal = new DeviceTotal();
  #soft = 0;

  constructor(ignoreIndex: number) {
    this.#ignoreIndex = ignoreIndex;
  }

  /** Takes in what `crossEntropy` of `@dl/layers` does. */
  add(output: Tensor, target: Tensor): void {
    const ignoreIndex = this.#ignoreIndex;
    if (isSoftTarget(output, target)) {
      this.#losses.add(() => crossEntropy(output, target, { reduction: 'sum' }));
      this.#soft += output.size / output.shape[1];
      return;
    }
    this.#losses.add(() => crossEntropy(output, target, { reduction: 'sum', ignoreIndex }));
    this.#counted.add(() => sum(cast(notEqual(target, ignoreIndex), 'int32')));
  }

  /** In nats; NaN before anything counted. */
  async read(): Promise<number> {
    const soft = this.#soft;
    const [losses, counted] = await Promise.all([this.#losses.read(), this.#counted.read()]);
    return (losses?.[0] ?? 0) / (soft + (counted?.[0] ?? 0));
  }

  /** Back to nothing. */
  reset(): void {
    this.#losses.reset();
    this.#counted.reset();
    this.#soft = 0;
  }

  /** The sums and counts, to save. */
  async state(): Promise<MetricState> {
    const soft = this.#soft;
    const [losses, counted] = await Promise.all([this.#losses.state(), this.#counted.state()]);
    return { losses, counted, soft };
  }

  /** Takes over what {@link MeanCrossEntropy.state} gave, on behalf of a metric. */
  restore(op: string, state: MetricState): void {
    this.#soft = numberOf(op, state, 'soft');
    this.#losses.restore(tensorOf(op, state, 'losses'));
    this.#counted.restore(tensorOf(op, state, 'counted'));
  }
}

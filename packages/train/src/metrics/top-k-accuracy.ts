import { ArgumentError } from '@dl/kernels';
import { cast, equal, sum, type Tensor, topK, unsqueeze } from '@dl/tensor';
import { checkClassTarget } from './check-class-target.ts';
import { DeviceTotal } from './device-total.ts';
import type { Metric, MetricState } from './metric.ts';
import { numberOf, tensorOf } from './metric-state.ts';

/**
 * The share of samples whose class is among the `k` highest scores.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`.
 *
 * @example
 * const top2 = new TopKAccuracy(2);
 * top2.update(tensor([[1, 3, 2], [5, 2, 4]]), tensor([2, 1], { dtype: 'int32' }));
 * await top2.compute() // 0.5
 */
export class TopKAccuracy implements Metric {
  readonly #k: number;
  readonly #right: DeviceTotal = new DeviceTotal();
  #count = 0;

  /** @throws {@link ArgumentError} unless `k` is a positive integer */
  constructor(k: number) {
    if (!Number.isInteger(k) || k < 1) throw new ArgumentError('TopKAccuracy', `k must be a positive integer, got ${k}`);
    this.#k = k;
  }

  /** @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores */
  update(output: Tensor, target: Tensor): void {
    const classes = checkClassTarget('TopKAccuracy', output, target);
    this.#right.add(() => sum(cast(equal(topK(output, this.#k, 1).indices, unsqueeze(classes, 1)), 'int32')));
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
   * Takes over what {@link TopKAccuracy.state} gave.
   *
   * @throws {@link ArgumentError} for a state without it
   */
  restore(state: MetricState): void {
    this.#count = numberOf('TopKAccuracy', state, 'count');
    this.#right.restore(tensorOf('TopKAccuracy', state, 'right'));
  }
}

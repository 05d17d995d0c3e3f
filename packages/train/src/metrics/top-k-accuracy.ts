import { ArgumentError } from '@dl/kernels';
import { cast, equal, sum, type Tensor, topK, unsqueeze } from '@dl/tensor';
import { classTarget } from './class-target.ts';
import { DeviceMean } from './device-mean.ts';
import type { Metric, MetricState } from './metric.ts';

/**
 * The share of samples whose class is among the `k` highest scores. Of equal scores the lower class number stands higher, so with $k = 1$ it is
 * {@link Accuracy}; see {@link TopKError} for the rest.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const top2 = new TopKAccuracy(2);
 * top2.update(tensor([[1, 3, 2], [5, 2, 4]]), tensor([2, 1], { dtype: 'int32' }));
 * await top2.compute() // 0.5
 */
export class TopKAccuracy implements Metric {
  readonly #k: number;
  readonly #right: DeviceMean = new DeviceMean();

  /** @throws {@link ArgumentError} unless `k` is a positive integer */
  constructor(k: number) {
    if (!Number.isInteger(k) || k < 1) throw new ArgumentError('TopKAccuracy', `k must be a positive integer, got ${k}`);
    this.#k = k;
  }

  /**
   * @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores
   * @throws {@link ArgumentError} when there are fewer than `k` scores
   */
  update(output: Tensor, target: Tensor): void {
    const k = this.#k;
    this.#right.add(() => {
      const classes = classTarget('TopKAccuracy', output, target);
      if (output.shape[1] < k) throw new ArgumentError('TopKAccuracy', `there must be ${k} scores, got ${output.shape[1]}`);
      return sum(cast(equal(topK(output, k, 1).indices, unsqueeze(classes, 1)), 'int32'));
    }, output.size / output.shape[1]);
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
   * Takes over what {@link TopKAccuracy.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#right.restore('TopKAccuracy', state);
  }
}

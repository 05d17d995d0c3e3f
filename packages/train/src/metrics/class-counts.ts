import { ArgumentError } from '@dl/kernels';
import { add, argMax, cast, flatten, mul, onesLike, scatterAdd, type Tensor, zeros } from '@dl/tensor';
import { classTarget } from './class-target.ts';
import type { Counts } from './confusion-matrix.ts';
import { DeviceTotal } from './device-total.ts';
import type { MetricState } from './metric.ts';
import { tensorOf } from './metric-state.ts';

/** How often each class was taken for each, counted on the device on behalf of a metric. */
export class ClassCounts {
  readonly #op: string;
  readonly #classes: number;
  readonly #counts: DeviceTotal = new DeviceTotal();

  /** @throws {@link ArgumentError} unless `classes` is a positive integer */
  constructor(op: string, classes: number) {
    if (!Number.isInteger(classes) || classes < 1) {
      throw new ArgumentError(op, `classes must be a positive integer, got ${classes}`);
    }
    this.#op = op;
    this.#classes = classes;
  }

  /** Counts a batch; see {@link ConfusionMatrix.update}. */
  add(output: Tensor, target: Tensor): void {
    const k = this.#classes;
    this.#counts.add(() => {
      const truth = classTarget(this.#op, output, target);
      if (output.shape[1] !== k) throw new ArgumentError(this.#op, `there must be ${k} scores a sample, got ${output.shape[1]}`);
      const cell = flatten(add(mul(cast(truth, 'int32'), k), argMax(output, 1)));
      return scatterAdd(zeros([k * k], { dtype: 'int32', backend: output.backend }), cell, onesLike(cell), 0);
    });
  }

  /** One row a true class; all zeros before the first batch. */
  async read(): Promise<Counts> {
    const k = this.#classes;
    const counts = (await this.#counts.read()) ?? new Float64Array(k * k);
    return Array.from({ length: k }, (_, row) => Array.from(counts.subarray(row * k, (row + 1) * k)));
  }

  /** Back to nothing. */
  reset(): void {
    this.#counts.reset();
  }

  /** The counts, to save. */
  async state(): Promise<MetricState> {
    return { counts: await this.#counts.state() };
  }

  /** Takes over what {@link ClassCounts.state} gave. */
  restore(state: MetricState): void {
    this.#counts.restore(tensorOf(this.#op, state, 'counts'));
  }
}

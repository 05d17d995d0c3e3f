import { ArgumentError } from '@dl/kernels';
import { add, argMax, cast, flatten, mul, onesLike, scatterAdd, type Tensor, zeros } from '@dl/tensor';
import { checkClassTarget } from './check-class-target.ts';
import { DeviceTotal } from './device-total.ts';
import type { Metric } from './metric.ts';

/** Counts by true class (row) and predicted class (column). */
export type Counts = readonly (readonly number[])[];

/**
 * How often each class was taken for each: `matrix[truth][predicted]`.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`.
 *
 * @example
 * const confusion = new ConfusionMatrix(2);
 * confusion.update(tensor([[1, 3], [5, 2], [4, 0]]), tensor([1, 1, 0], { dtype: 'int32' }));
 * await confusion.compute() // [[1, 0], [1, 1]]
 */
export class ConfusionMatrix implements Metric<Counts> {
  readonly #classes: number;
  readonly #counts: DeviceTotal = new DeviceTotal();

  /** @throws {@link ArgumentError} unless `classes` is a positive integer */
  constructor(classes: number) {
    if (!Number.isInteger(classes) || classes < 1) {
      throw new ArgumentError('ConfusionMatrix', `classes must be a positive integer, got ${classes}`);
    }
    this.#classes = classes;
  }

  /**
   * @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores
   * @throws {@link ArgumentError} when there are other than `classes` scores
   */
  update(output: Tensor, target: Tensor): void {
    const k = this.#classes;
    const truth = checkClassTarget('ConfusionMatrix', output, target);
    if (output.shape[1] !== k) {
      throw new ArgumentError('ConfusionMatrix', `there must be ${k} scores a sample, got ${output.shape[1]}`);
    }
    this.#counts.add(() => {
      const cell = flatten(add(mul(cast(truth, 'int32'), k), argMax(output, 1)));
      return scatterAdd(zeros([k * k], { dtype: 'int32', backend: output.backend }), cell, onesLike(cell), 0);
    });
  }

  /** One row a true class; all zeros before the first batch. */
  async compute(): Promise<Counts> {
    const k = this.#classes;
    const counts = (await this.#counts.read()) ?? new Float64Array(k * k);
    return Array.from({ length: k }, (_, row) => Array.from(counts.subarray(row * k, (row + 1) * k)));
  }

  /** Starts over. */
  reset(): void {
    this.#counts.reset();
  }
}

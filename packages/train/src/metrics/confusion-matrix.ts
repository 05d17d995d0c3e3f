import type { Tensor } from '@dl/tensor';
import { ClassCounts } from './class-counts.ts';
import type { Metric, MetricState } from './metric.ts';

/** Counts by true class (row) and predicted class (column). */
export type Counts = readonly (readonly number[])[];

/**
 * How often each class was taken for each: `matrix[truth][predicted]`.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const confusion = new ConfusionMatrix(2);
 * confusion.update(tensor([[1, 3], [5, 2], [4, 0]]), tensor([1, 1, 0], { dtype: 'int32' }));
 * await confusion.compute() // [[1, 0], [1, 1]]
 */
export class ConfusionMatrix implements Metric<Counts> {
  readonly #counts: ClassCounts;

  /** @throws {@link ArgumentError} unless `classes` is a positive integer */
  constructor(classes: number) {
    this.#counts = new ClassCounts('ConfusionMatrix', classes);
  }

  /**
   * @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores
   * @throws {@link ArgumentError} when there are other than `classes` scores
   */
  update(output: Tensor, target: Tensor): void {
    this.#counts.add(output, target);
  }

  /** One row a true class; all zeros before the first batch. */
  compute(): Promise<Counts> {
    return this.#counts.read();
  }

  /** Starts over. */
  reset(): void {
    this.#counts.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#counts.state();
  }

  /**
   * Takes over what {@link ConfusionMatrix.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#counts.restore(state);
  }
}

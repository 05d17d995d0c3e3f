import type { Tensor } from '@dl/tensor';
import { ClassCounts } from './class-counts.ts';
import type { Counts } from './confusion-matrix.ts';
import type { Metric, MetricState } from './metric.ts';

/**
 * A figure of a confusion matrix: {@link Precision}, {@link CohenKappa} and the like, or one of your own, which says how to compute it.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * class Errors extends ConfusionMetric {
 *   constructor(classes: number) {
 *     super('Errors', classes);
 *   }
 *
 *   protected override figure(counts: Counts): number {
 *     return counts.flatMap((row, i) => row.filter((_, j) => j !== i)).reduce((sum, count) => sum + count, 0);
 *   }
 * }
 * const errors = new Errors(2);
 * errors.update(tensor([[1, 3], [5, 2]]), tensor([1, 1], { dtype: 'int32' }));
 * await errors.compute() // 1
 */
export abstract class ConfusionMetric<Value = number> implements Metric<Value> {
  readonly #counts: ClassCounts;

  /**
   * @param op - who speaks in errors
   * @throws {@link ArgumentError} unless `classes` is a positive integer
   */
  constructor(op: string, classes: number) {
    this.#counts = new ClassCounts(op, classes);
  }

  /**
   * @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores
   * @throws {@link ArgumentError} when there are other than `classes` scores
   */
  update(output: Tensor, target: Tensor): void {
    this.#counts.add(output, target);
  }

  /** Of all batches since the last reset. */
  async compute(): Promise<Value> {
    return this.figure(await this.#counts.read());
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
   * Takes over what {@link ConfusionMetric.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#counts.restore(state);
  }

  /** The figure of counts by true class (row) and predicted class (column); all are zero before the first batch. */
  protected abstract figure(counts: Counts): Value;
}

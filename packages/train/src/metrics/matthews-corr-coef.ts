import { sumOf } from './class-figures.ts';
import type { Counts } from './confusion-matrix.ts';
import { ConfusionMetric } from './confusion-metric.ts';

/**
 * The correlation of true and predicted classes, from -1 to 1; 0 where either is one class only. With $t_k$ samples of class k, $p_k$ said to be,
 * $c$ of $s$ right, it is $(c s - \sum p_k t_k) / \sqrt{(s^2 - \sum p_k^2)(s^2 - \sum t_k^2)}$.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const correlation = new MatthewsCorrCoef(2);
 * correlation.update(tensor([[3, 1], [5, 2], [4, 0], [0, 1]]), tensor([0, 0, 1, 1], { dtype: 'int32' }));
 * await correlation.compute() // 0.5774
 * @see Gorodkin, Comparing two K-category assignments by a K-category correlation coefficient, 2004
 */
export class MatthewsCorrCoef extends ConfusionMetric {
  /** @throws {@link ArgumentError} unless `classes` is a positive integer */
  constructor(classes: number) {
    super('MatthewsCorrCoef', classes);
  }

  protected override figure(counts: Counts): number {
    const truth = counts.map(sumOf);
    const said = counts.map((_, k) => sumOf(counts.map((row) => row[k])));
    const total = sumOf(truth);
    if (total === 0) return Number.NaN;
    const right = sumOf(counts.map((row, k) => row[k]));
    const product = (a: readonly number[], b: readonly number[]): number => sumOf(a.map((value, k) => value * b[k]));
    const spread = (total ** 2 - product(said, said)) * (total ** 2 - product(truth, truth));
    return spread === 0 ? 0 : (right * total - product(said, truth)) / Math.sqrt(spread);
  }
}

import { ArgumentError } from '@dl/kernels';
import { sumOf } from './class-figures.ts';
import type { Counts } from './confusion-matrix.ts';
import { ConfusionMetric } from './confusion-metric.ts';

/** Options of {@link CohenKappa}. */
export interface CohenKappaOptions {
  /** How bad it is to take class i for j: all the same, $|i - j|$ or $(i - j)^2$. Default `'none'`. */
  readonly weights?: 'none' | 'linear' | 'quadratic' | undefined;
}

const badness = {
  none: (i: number, j: number) => (i === j ? 0 : 1),
  linear: (i: number, j: number) => Math.abs(i - j),
  quadratic: (i: number, j: number) => (i - j) ** 2,
} as const;

/**
 * How much better than chance the classes agree, $\kappa = 1 - \sum w o / \sum w e$: $o$ are the counts of truth and prediction, $e$ what they would
 * be were the two independent. 1 is perfect, 0 is chance; NaN where one class is all there is.
 *
 * Takes scores `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const kappa = new CohenKappa(2);
 * kappa.update(tensor([[3, 1], [5, 2], [4, 0], [0, 1]]), tensor([0, 0, 1, 1], { dtype: 'int32' }));
 * await kappa.compute() // 0.5
 * @see Cohen, A coefficient of agreement for nominal scales, 1960
 */
export class CohenKappa extends ConfusionMetric {
  readonly #weights: keyof typeof badness;

  /** @throws {@link ArgumentError} unless `classes` is a positive integer, and for weights that are none */
  constructor(classes: number, { weights = 'none' }: CohenKappaOptions = {}) {
    super('CohenKappa', classes);
    if (!Object.hasOwn(badness, weights))
      throw new ArgumentError('CohenKappa', `weights must be one of ${Object.keys(badness).join(', ')}, got ${String(weights)}`);
    this.#weights = weights;
  }

  protected override figure(counts: Counts): number {
    const weight = badness[this.#weights];
    const truth = counts.map(sumOf);
    const said = counts.map((_, k) => sumOf(counts.map((row) => row[k])));
    const total = sumOf(truth);
    const seen = sumOf(counts.flatMap((row, i) => row.map((count, j) => weight(i, j) * count)));
    const byChance = sumOf(truth.flatMap((a, i) => said.map((b, j) => (weight(i, j) * a * b) / total)));
    return 1 - seen / byChance;
  }
}

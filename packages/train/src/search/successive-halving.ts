import { ArgumentError } from '@dl/kernels';
import { Rng } from '@dl/tensor';
import { checkCount, draw } from './draw.ts';
import { type SearchData, type SearchOptions, type SearchResult, Trials } from './trial.ts';

/** What {@link successiveHalving} is told. */
export interface SuccessiveHalvingOptions<P, D extends SearchData> extends SearchOptions<P, D> {
  /** How many combinations the first rung tries. */
  readonly trials: number;
  /** What the last rung spends on each of its trials: the `budget` of an objective, such as epochs. */
  readonly maxBudget: number;
  /** The least that a rung spends. Default 1. */
  readonly minBudget?: number | undefined;
  /** How many times fewer trials the next rung has, with as many times the budget. Default 3. */
  readonly factor?: number | undefined;
}

/**
 * Tries many combinations of hyperparameters at random for a short while, the best of them for longer, and so on: a bracket of Hyperband. With
 * factor $\eta$ rung $i$ of $s$ has $n \eta^{-i}$ trials with budget $R \eta^{i - s}$. Each starts anew.
 *
 * @throws {@link ArgumentError} for data of the test split, budgets and `trials` that are no positive integers, and a factor that is not above 1
 * @example
 * const { best, trials } = await successiveHalving({
 *   space: { lr: space.logUniform(0.001, 1) },
 *   train: { split: 'train' }, validation: { split: 'validation' },
 *   objective: ({ lr }, { budget }) => Math.abs(Math.log10(lr) + 2) / budget,
 *   trials: 9, maxBudget: 9,
 * });
 * trials.map(({ budget }) => budget) // [9, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1]
 * best.budget // 9
 * @see Li, Jamieson, DeSalvo, Rostamizadeh & Talwalkar, Hyperband: a novel bandit-based approach to hyperparameter optimization, 2018
 */
export async function successiveHalving<P extends object, D extends SearchData>(
  options: SuccessiveHalvingOptions<P, D>,
): Promise<SearchResult<P>> {
  const { space, trials: count, maxBudget, minBudget = 1, factor = 3, seed = 0 } = options;
  checkCount('successiveHalving', 'trials', count);
  checkCount('successiveHalving', 'maxBudget', maxBudget);
  checkCount('successiveHalving', 'minBudget', minBudget);
  if (!(factor > 1) || minBudget > maxBudget) {
    throw new ArgumentError(
      'successiveHalving',
      `factor must be above 1 and minBudget at most maxBudget, got ${factor}, ${minBudget} and ${maxBudget}`,
    );
  }
  const trials = new Trials('successiveHalving', options);
  const rng = new Rng(seed);
  let candidates = Array.from({ length: count }, () => draw(space, rng));
  // The logarithm of a power may fall short of it by a rounding.
  const last = Math.floor(Math.log(maxBudget / minBudget) / Math.log(factor) + 1e-9);
  for (let rung = 0; rung <= last; rung++) {
    const tried = [];
    for (const parameters of candidates)
      tried.push(await trials.run(parameters, Math.round(maxBudget * factor ** (rung - last))));
    const survivors = Math.max(1, Math.floor(count * factor ** -(rung + 1) + 1e-9));
    candidates = trials
      .sorted(tried)
      .slice(0, survivors)
      .map(({ parameters }) => parameters);
  }
  return trials.result();
}

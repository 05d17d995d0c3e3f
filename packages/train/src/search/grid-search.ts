import { checkCount } from './draw.ts';
import type { Dimension } from './space/dimension.ts';
import { type SearchData, type SearchOptions, type SearchResult, type SearchSpace, Trials } from './trial.ts';

/** What {@link gridSearch} is told. */
export interface GridSearchOptions<P, D extends SearchData> extends SearchOptions<P, D> {
  /** How many values of a range are tried, spread evenly. Default 3. */
  readonly points?: number | undefined;
}

/**
 * Tries every combination of hyperparameters; the last of them changes fastest.
 *
 * @throws {@link ArgumentError} for data of the test split, and `points` that are no positive integer
 * @example
 * const loader = { split: 'train' };
 * const { best, trials } = await gridSearch({
 *   space: { lr: space.logUniform(0.01, 1), hidden: space.choice([8, 16]) },
 *   train: loader, validation: { split: 'validation' },
 *   objective: ({ lr, hidden }) => Math.abs(lr - 0.1) + 1 / hidden,
 * });
 * trials.length // 6
 * best.parameters // { lr: 0.1, hidden: 16 }
 */
export async function gridSearch<P extends object, D extends SearchData>(
  options: GridSearchOptions<P, D>,
): Promise<SearchResult<P>> {
  const { space, points = 3 } = options;
  checkCount('gridSearch', 'points', points);
  const trials = new Trials('gridSearch', options);
  for (const parameters of combinations(space, points)) await trials.run(parameters);
  return trials.result();
}

function combinations<P>(space: SearchSpace<P>, points: number): P[] {
  const grids = Object.entries<Dimension<unknown>>(space).map(([name, dimension]) => [name, dimension.grid(points)] as const);
  const none: Record<string, unknown>[] = [{}];
  return grids.reduce(
    (made, [name, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    none,
  ) as P[];
}

import { Rng } from '@dl/tensor';
import { checkCount, draw } from './draw.ts';
import { type SearchData, type SearchOptions, type SearchResult, Trials } from './trial.ts';

/** What {@link randomSearch} is told. */
export interface RandomSearchOptions<P, D extends SearchData> extends SearchOptions<P, D> {
  /** How many combinations are tried. */
  readonly trials: number;
}

/**
 * Tries combinations of hyperparameters at random: as good as a grid with far fewer trials where only some of them matter. The first of many trials
 * are those of a search with few.
 *
 * @throws {@link ArgumentError} for data of the test split, and `trials` that are no positive integer
 * @example
 * const { trials } = await randomSearch({
 *   space: { lr: space.logUniform(0.001, 1), layers: space.int(1, 3) },
 *   train: { split: 'train' }, validation: { split: 'validation' },
 *   objective: ({ lr }) => Math.abs(Math.log10(lr) + 2),
 *   trials: 20, seed: 1,
 * });
 * trials[0].value < trials[19].value // true
 * @see Bergstra & Bengio, Random search for hyper-parameter optimization, 2012
 */
export async function randomSearch<P extends object, D extends SearchData>(
  options: RandomSearchOptions<P, D>,
): Promise<SearchResult<P>> {
  checkCount('randomSearch', 'trials', options.trials);
  const trials = new Trials('randomSearch', options);
  const rng = new Rng(options.seed ?? 0);
  for (let i = 0; i < options.trials; i++) await trials.run(draw(options.space, rng));
  return trials.result();
}

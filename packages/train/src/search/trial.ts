import { ArgumentError } from '@dl/kernels';
import { refuseTest } from '../refuse-test.ts';
import type { Dimension } from './space/dimension.ts';

/** What is known of what is searched with: a loader or a dataset that says which split it is of. */
export interface SearchData {
  readonly split?: string | undefined;
}

/** Hyperparameters by name, and the values that each may have. */
export type SearchSpace<P> = { readonly [K in keyof P]: Dimension<P[K]> };

/** One combination of hyperparameters, tried: plain values, to be written as JSON. */
export interface Trial<P> {
  /** From 1, in the order of trying. */
  readonly number: number;
  readonly parameters: P;
  /** How much was spent: 1, or the epochs of a rung of {@link successiveHalving}. */
  readonly budget: number;
  /** What the objective found on validation data. NaN, which JSON has as null, is worse than any. */
  readonly value: number;
}

/** What an objective is given beside the hyperparameters. */
export interface TrialContext<D extends SearchData> {
  readonly train: D;
  readonly validation: D;
  readonly budget: number;
  /** The seed of the search, the same for all trials. */
  readonly seed: number;
}

/** What every search is told. */
export interface SearchOptions<P, D extends SearchData> {
  readonly space: SearchSpace<P>;
  /** What to train on: loaders or datasets, handed to the objective. */
  readonly train: D;
  /** What to compare by. Data of the test split are refused: a search that saw them would choose what fits them. */
  readonly validation: D;
  /** Trains with the hyperparameters and returns a figure on validation data, by default a loss. */
  readonly objective: (parameters: P, context: TrialContext<D>) => number | Promise<number>;
  /** Whether the best value is the least or the largest. Default `'min'`. */
  readonly mode?: 'min' | 'max' | undefined;
  /** Equal seeds try the same. Default 0. */
  readonly seed?: number | undefined;
  /** Trials of the same search that was broken off: they are not run again. Default: none. */
  readonly done?: readonly Trial<P>[] | undefined;
  /** Told each trial that has been run: where to save it. A promise is waited for. */
  readonly onTrial?: ((trial: Trial<P>) => void | Promise<void>) | undefined;
}

/** What a search found. */
export interface SearchResult<P> {
  readonly best: Trial<P>;
  /** The best first; those with a larger budget before all others. */
  readonly trials: readonly Trial<P>[];
}

/** Runs trials one after the other, in the way that all searches do. */
export class Trials<P, D extends SearchData> {
  readonly #op: string;
  readonly #options: SearchOptions<P, D>;
  readonly #done: ReadonlyMap<number, Trial<P>>;
  readonly #trials: Trial<P>[] = [];

  /** @throws {@link ArgumentError} for data of the test split, or another mode */
  constructor(op: string, options: SearchOptions<P, D>) {
    refuseTest(op, { train: options.train, validation: options.validation });
    const { mode = 'min' } = options;
    if (!['min', 'max'].includes(mode)) throw new ArgumentError(op, `mode must be 'min' or 'max', got ${String(mode)}`);
    this.#op = op;
    this.#options = options;
    this.#done = new Map(options.done?.map((trial) => [trial.number, trial]));
  }

  /** @throws {@link ArgumentError} when a trial that is done was of something else */
  async run(parameters: P, budget = 1): Promise<Trial<P>> {
    const number = this.#trials.length + 1;
    const trial = this.#recall(number, parameters, budget) ?? (await this.#try(number, parameters, budget));
    this.#trials.push(trial);
    return trial;
  }

  /** The better first, NaN last; of equal ones the earlier. */
  sorted(trials: readonly Trial<P>[]): Trial<P>[] {
    const sign = this.#options.mode === 'max' ? -1 : 1;
    const rank = ({ value }: Trial<P>): number => (Number.isNaN(value) ? Infinity : sign * value);
    return [...trials].sort((a, b) => b.budget - a.budget || compare(rank(a), rank(b)) || a.number - b.number);
  }

  /** All that has been tried. */
  result(): SearchResult<P> {
    const trials = this.sorted(this.#trials);
    return { best: trials[0], trials };
  }

  #recall(number: number, parameters: P, budget: number): Trial<P> | undefined {
    const trial = this.#done.get(number);
    if (trial === undefined) return undefined;
    if (trial.budget !== budget || JSON.stringify(trial.parameters) !== JSON.stringify(parameters)) {
      throw new ArgumentError(
        this.#op,
        `done must be trials of this search, got ${JSON.stringify(trial.parameters)} where ${JSON.stringify(parameters)} is tried (trial ${number})`,
      );
    }
    return { ...trial, value: trial.value ?? Number.NaN };
  }

  async #try(number: number, parameters: P, budget: number): Promise<Trial<P>> {
    const { objective, train, validation, seed = 0, onTrial } = this.#options;
    const value = await objective(parameters, { train, validation, budget, seed });
    if (typeof value !== 'number')
      throw new ArgumentError(this.#op, `the objective must return a number, got ${typeof value} (trial ${number})`);
    const trial = { number, parameters, budget, value };
    await onTrial?.(trial);
    return trial;
  }
}

/** Also of infinities, whose difference is NaN. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

import type { Rng } from '@dl/tensor';
import type { FitOptions, Loader } from '@dl/train';

/** What a config file is told. */
export interface RunContext {
  /** Of `--seed`: for loaders and splits. */
  readonly seed: number;
  /** A generator of that seed, for the first weights; what is drawn from it does not touch what random layers draw in training. */
  readonly rng: Rng;
}

/** What a config file describes: what {@link fit} is told, and data to test with. */
export interface RunDefinition extends Omit<FitOptions, 'rng' | 'signal' | 'resume'> {
  /** What the run is called in headlines. Default: the name of the file. */
  readonly title?: string | undefined;
  /** Looked at once, when nothing is left to choose. */
  readonly test?: Loader | undefined;
  /** What the classes are called, for the pictures of a report. */
  readonly classNames?: readonly string[] | undefined;
}

/** What a config file exports. */
export type RunFactory = (context: RunContext) => RunDefinition | Promise<RunDefinition>;

/**
 * The run that a config file describes, for `dl train my-run.ts`: `export default defineRun(…)`. It returns what it is given, typed.
 *
 * @param make - makes everything anew, from the seed alone: so a run can be resumed, and repeated to the same bits
 * @example
 * const run = defineRun(({ seed, rng }) => {
 *   const model = new Linear(2, 2, { rng });
 *   return {
 *     model,
 *     loss: crossEntropy,
 *     optimizer: new Adam(model.parameters(), { lr: 0.01 }),
 *     train: new DataLoader(moons({ n: 200, seed }), { batchSize: 20, shuffle: true, seed }),
 *     epochs: 5,
 *     metrics: { accuracy: new Accuracy() },
 *   };
 * });
 * (await run({ seed: 1, rng: new Rng(1) })).epochs // 5
 */
export function defineRun(make: RunFactory): RunFactory {
  return make;
}

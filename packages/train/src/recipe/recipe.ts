import type { Dataset, ImageSample, ImageTransform } from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import type { Layer } from '@dl/layers';
import { refuseTest } from '../refuse-test.ts';
import { logUniform } from '../search/space/log-uniform.ts';
import type { SearchSpace } from '../search/trial.ts';
import { type RecipeNetworkOptions, recipeNetwork } from './recipe-network.ts';
import type { RecipeParameters, RecipeReport } from './recipe-report.ts';
import { RecipeRun } from './recipe-run.ts';

/** What {@link recipe} is told. */
export interface RecipeOptions {
  /** What may be trained on, with the class of each image in `labels`: it is split into D and V. */
  readonly data: Dataset<ImageSample>;
  /** T: looked at once, at the very end. */
  readonly test: Dataset<ImageSample>;
  /** The part of `data` that becomes V. Default 0.2. */
  readonly validation?: number | undefined;
  /** Makes a network from images to logits. Default {@link recipeNetwork}. */
  readonly network?: ((options: RecipeNetworkOptions) => Layer) | undefined;
  /** What is done to images of D, and in the end of V, at random. Default: moved by up to a fourteenth of the side. */
  readonly augment?: ImageTransform | undefined;
  /** Where rate and penalty are looked for. Default: 10⁻⁴ to 10⁻¹, and 10⁻⁵ to 10⁻¹. */
  readonly space?: SearchSpace<RecipeParameters> | undefined;
  /** How many combinations of them are tried. Default 9. */
  readonly trials?: number | undefined;
  /** For how many epochs the best of them. Default 3. */
  readonly searchEpochs?: number | undefined;
  /** For how many epochs step 6 trains at most. Default 30. */
  readonly epochs?: number | undefined;
  /** After how many epochs without progress on V it stops. Default 5. */
  readonly patience?: number | undefined;
  /** Default 64. */
  readonly batchSize?: number | undefined;
  /** Of the split, the weights, the order, the augmentation, dropout and the search: equal seeds give equal bits. Default 0. */
  readonly seed?: number | undefined;
  /** Told a line about each step as it ends. Default: nobody is. */
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * Trains a deep convolutional network in the eight steps of a sound experiment:
 *
 * 1. split what there is into D to train on, V to choose by and T to test with
 * 2. normalise, by D alone
 * 3. choose the network and draw its first weights
 * 4. see it learn a few images by heart, or stop: then something is broken
 * 5. look for the learning rate and the penalty that do best on V
 * 6. train with augmentation, and stop when V has got no better for a while
 * 7. train anew on D and V together, for as many epochs as were best
 * 8. test on T, once
 *
 * By default it follows all the usual advice: cross-entropy, leaky ReLUs, `AdamW`, batches, normalised inputs, batch normalisation, dropout before the
 * last layer, residual blocks, He's weights, a search and augmentation.
 *
 * @throws {@link ArgumentError} for `data` of the test split or a `test` of another, without labels, for a network that cannot learn a few images
 * by heart, and for counts out of range
 * @example
 * const report = await recipe({
 *   data: drawnDigits({ size: 100 }), test: drawnDigits({ size: 20, split: 'test' }),
 *   network: (options) => recipeNetwork({ ...options, width: 4 }),
 *   trials: 1, searchEpochs: 1, epochs: 1,
 * });
 * report.split // { train: 80, validation: 20, test: 20 }
 */
export async function recipe(options: RecipeOptions): Promise<RecipeReport> {
  const { data, test, log = () => {} } = options;
  refuseTest('recipe', { data });
  if (test.split !== undefined && test.split !== 'test')
    throw new ArgumentError('recipe', `test must be of the test split, got split '${test.split}'`);
  const run = await RecipeRun.begin({ ...defaults, ...given(options) });
  const { split, normalization } = run;
  log(`1 split: ${split.train} to train on, ${split.validation} to choose by, ${split.test} to test with`);
  log(`2 normalise: mean ${String(normalization.mean)}, deviation ${String(normalization.std)}`);
  const network = await run.firstLoss();
  log(
    `3 network: ${network.parameters} parameters, loss ${network.loss.toFixed(3)} (by chance ${network.lossOfChance.toFixed(3)})`,
  );
  const sanity = await run.learnByHeart();
  log(`4 by heart: ${sanity.samples} images in ${sanity.steps} steps, loss ${sanity.loss.toFixed(4)}`);
  const search = await run.search();
  const { lr, weightDecay } = search.best.parameters;
  log(`5 search: rate ${lr.toPrecision(2)}, penalty ${weightDecay.toPrecision(2)}, loss ${search.best.value.toFixed(3)}`);
  const training = await run.train(search.best.parameters);
  log(`6 train: best after ${training.bestEpoch} of ${training.history.length} epochs`);
  const { model, ...retraining } = await run.retrain(search.best.parameters, training.bestEpoch);
  log(`7 retrain: ${retraining.samples} images`);
  const tested = await run.test(model);
  log(`8 test: ${(100 * tested.accuracy).toFixed(2)} % of ${tested.samples} right`);
  return { model, split, normalization, network, sanity, search, training, retraining, test: tested };
}

const defaults = {
  validation: 0.2,
  network: recipeNetwork,
  augment: undefined,
  space: { lr: logUniform(1e-4, 1e-1), weightDecay: logUniform(1e-5, 1e-1) },
  trials: 9,
  searchEpochs: 3,
  epochs: 30,
  patience: 5,
  batchSize: 64,
  seed: 0,
} satisfies Partial<RecipeOptions>;

/** The options without those that are there and undefined. */
function given<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

import {
  compose,
  concat,
  DataLoader,
  type Dataset,
  eachImage,
  fitNormalization,
  type ImageSample,
  type ImageTransform,
  type Normalization,
  normalize,
  randomCrop,
  type Stacked,
  split,
  subset,
} from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import { crossEntropy, type Layer } from '@dl/layers';
import { AdamW } from '@dl/optim';
import { Rng } from '@dl/tensor';
import type { Callback } from '../callbacks/callback.ts';
import { earlyStopping } from '../callbacks/early-stopping.ts';
import { type Evaluation, evaluate } from '../evaluate.ts';
import { fit } from '../fit.ts';
import type { FitResult } from '../history.ts';
import { Accuracy } from '../metrics/accuracy.ts';
import { ConfusionMatrix } from '../metrics/confusion-matrix.ts';
import { successiveHalving } from '../search/successive-halving.ts';
import type { SearchResult } from '../search/trial.ts';
import type { RecipeOptions } from './recipe.ts';
import type { RecipeParameters, RecipeReport } from './recipe-report.ts';

type Images = Dataset<ImageSample>;
type Settled = { readonly [K in Exclude<keyof RecipeOptions, 'augment' | 'log'>]-?: Exclude<RecipeOptions[K], undefined> } & Pick<
  RecipeOptions,
  'augment'
>;

/** How many images are learnt by heart, in how many steps at most. */
const [heartSamples, heartSteps] = [16, 120];

/** What the steps of {@link recipe} share. */
export class RecipeRun {
  readonly #options: Settled;
  readonly #train: Images;
  readonly #validation: Images;
  readonly #imageShape: readonly number[];
  readonly #classes: number;
  /** Step 2. */
  readonly normalization: Normalization;

  private constructor(options: Settled, parts: { train: Images; validation: Images }, first: ImageSample, fitted: Normalization) {
    this.#options = options;
    this.#train = parts.train;
    this.#validation = parts.validation;
    this.#imageShape = first.x.shape;
    this.#classes = classesOf(options.data);
    this.normalization = fitted;
  }

  /** Steps 1 and 2. */
  static async begin(options: Settled): Promise<RecipeRun> {
    const { data, validation, seed } = options;
    if (!(validation > 0 && validation < 1))
      throw new ArgumentError('recipe', `validation must be a part between 0 and 1, got ${validation}`);
    if (data.labels === undefined) throw new ArgumentError('recipe', 'data must have labels, got none');
    const parts = split(data, { train: 1 - validation, validation }, { seed, stratify: data.labels });
    const first = await parts.train.get(0);
    return new RecipeRun(options, parts, first, await fitNormalization(parts.train, { kind: 'perChannel' }));
  }

  /** Step 1. */
  get split(): RecipeReport['split'] {
    return { train: this.#train.size, validation: this.#validation.size, test: this.#options.test.size };
  }

  /** Step 3. */
  async firstLoss(): Promise<RecipeReport['network']> {
    const network = this.#network();
    const { loss } = await this.#evaluate(network, this.#validation);
    const parameters = network.parameters().reduce((sum, { size }) => sum + size, 0);
    return { parameters, loss, lossOfChance: Math.log(this.#classes) };
  }

  /** Step 4. */
  async learnByHeart(): Promise<RecipeReport['sanity']> {
    const few = subset(
      this.#train,
      Array.from({ length: Math.min(heartSamples, this.#train.size) }, (_, i) => i),
    );
    const network = this.#network();
    let steps = 0;
    const enough: Callback = {
      onEpochEnd({ train, stop }) {
        steps++;
        if (train.loss < 0.01) stop();
      },
    };
    await this.#fit(network, few, { lr: 3e-3, weightDecay: 0 }, heartSteps, { callbacks: [enough], isPlain: true });
    const { loss, metrics } = await this.#evaluate(network, few);
    if (metrics.accuracy < 1) {
      throw new ArgumentError(
        'recipe',
        `the network must be able to learn a few images by heart, got ${Math.round(metrics.accuracy * few.size)} of ${few.size} right after ${steps} steps (look for what is broken)`,
      );
    }
    return { samples: few.size, steps, loss, accuracy: metrics.accuracy };
  }

  /** Step 5. */
  search(): Promise<SearchResult<RecipeParameters>> {
    const { space, trials, searchEpochs, seed } = this.#options;
    return successiveHalving({
      space,
      train: this.#train,
      validation: this.#validation,
      trials,
      maxBudget: searchEpochs,
      seed,
      objective: async (parameters, { train, validation, budget }) => {
        const network = this.#network();
        await this.#fit(network, train, parameters, budget);
        return (await this.#evaluate(network, validation)).loss;
      },
    });
  }

  /** Step 6. */
  async train(parameters: RecipeParameters): Promise<RecipeReport['training']> {
    const { epochs, patience } = this.#options;
    const callbacks = [earlyStopping({ patience })];
    const { history } = await this.#fit(this.#network(), this.#train, parameters, epochs, { callbacks, isJudged: true });
    const losses = history.map(({ validation }) => validation?.loss ?? Number.NaN);
    const best = losses.reduce((least, loss, i) => (loss < losses[least] ? i : least), 0);
    return { history, bestEpoch: best + 1 };
  }

  /** Step 7. */
  async retrain(parameters: RecipeParameters, epochs: number): Promise<RecipeReport['retraining'] & { readonly model: Layer }> {
    const all = concat([this.#train, this.#validation]);
    const model = this.#network();
    const { history } = await this.#fit(model, all, parameters, epochs);
    return { model, history, samples: all.size };
  }

  /** Step 8. */
  async test(model: Layer): Promise<RecipeReport['test']> {
    const { loss, metrics, samples } = await this.#evaluate(model, this.#options.test);
    return { loss, samples, ...metrics };
  }

  #network(): Layer {
    return this.#options.network({ imageShape: this.#imageShape, classes: this.#classes, rng: new Rng(this.#options.seed) });
  }

  #fit(
    model: Layer,
    data: Images,
    parameters: RecipeParameters,
    epochs: number,
    {
      callbacks,
      isPlain = false,
      isJudged = false,
    }: { callbacks?: readonly Callback[]; isPlain?: boolean; isJudged?: boolean } = {},
  ): Promise<FitResult> {
    const { augment = this.#moved(), seed } = this.#options;
    return fit({
      model,
      loss: crossEntropy,
      optimizer: new AdamW(model.parameters(), parameters),
      train: isPlain ? this.#loader(data) : this.#loader(data, augment),
      validation: isJudged ? this.#loader(this.#validation) : undefined,
      metrics: { accuracy: new Accuracy() },
      epochs,
      callbacks,
      rng: new Rng(seed + 1),
    });
  }

  #evaluate(model: Layer, data: Images): Promise<Evaluation<{ accuracy: Accuracy; confusion: ConfusionMatrix }>> {
    const metrics = { accuracy: new Accuracy(), confusion: new ConfusionMatrix(this.#classes) };
    return evaluate(model, this.#loader(data), { loss: crossEntropy, metrics });
  }

  /** In order and as they are, or shuffled and augmented. */
  #loader(data: Images, augment?: ImageTransform): DataLoader<ImageSample, Stacked<ImageSample>> {
    const { batchSize, seed } = this.#options;
    const normalized = normalize(this.normalization);
    const transform = eachImage(augment === undefined ? normalized : compose([augment, normalized]));
    return new DataLoader(data, { batchSize, shuffle: augment !== undefined, seed, transform });
  }

  #moved(): ImageTransform {
    const [, height, width] = this.#imageShape;
    const padding = Math.round(Math.max(height, width) / 14);
    return randomCrop([height, width], { padding, paddingMode: 'edge' });
  }
}

function classesOf({ classNames, labels = [] }: Images): number {
  return classNames?.length ?? 1 + Array.from(labels).reduce((most, label) => Math.max(most, label), 0);
}

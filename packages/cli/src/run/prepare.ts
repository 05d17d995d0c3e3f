import { DataLoader, type Dataset, type LabelledSample, type NamedDataset } from '@dl/data';
import type { Layer } from '@dl/layers';
import { CarryState, CharLSTM } from '@dl/models';
import { Rng } from '@dl/tensor';
import { Accuracy, type Loader } from '@dl/train';
import type { RunDefinition } from '../config/define-run.ts';
import { augmentation } from '../recipes/augmentations.ts';
import { lossOf, makeModel } from '../recipes/make-model.ts';
import { optimizers } from '../recipes/optimizers.ts';
import { schedules } from '../recipes/schedules.ts';
import type { RunSettings } from '../recipes/settings.ts';
import { UsageError } from '../usage-error.ts';

/** A run with everything made: its first weights depend on the seed alone. */
export interface PreparedRun {
  readonly definition: RunDefinition;
  /** What random layers draw from. */
  readonly rng: Rng;
  /** What is evaluated and saved: the model without what only training needs. */
  readonly model: Layer;
  readonly dataset: NamedDataset | undefined;
}

/** What does not change the bits of a run. */
export interface PrepareOptions {
  /** Threads that make training batches. Default 0: this one does. */
  readonly workers?: number | undefined;
}

/**
 * Makes model, optimiser, schedule and loaders by their names.
 *
 * @throws {@link UsageError} when there is nothing to train on, or the model is not for such data
 */
export function prepare(settings: RunSettings, dataset: NamedDataset, { workers }: PrepareOptions = {}): PreparedRun {
  const { seed, epochs, batchSize, accumulate, lr, weightDecay } = settings;
  const rng = new Rng(seed);
  const model = makeModel(settings.model, dataset, settings, rng.fork());
  const carried = model instanceof CharLSTM ? new CarryState(model, batchSize) : undefined;
  const trained = carried ?? model;
  const optimizer = optimizers[settings.optimizer](trained.parameters(), { lr, weightDecay });
  const train = new DataLoader(dataset.train, {
    batchSize,
    seed,
    // Streams of a text are read on from batch to batch.
    shuffle: carried === undefined,
    transform: augmentation(settings.augment, imageFacts(dataset)),
    workers,
  });
  if (train.length === 0) {
    const hint =
      carried === undefined
        ? ''
        : ` (a text of ${batchSize} parts side by side needs more characters, or a smaller --batch-size)`;
    throw new UsageError(`there must be something to train on, got no batch${hint}`);
  }
  const steps = Math.ceil(train.length / accumulate);
  const held = (part: Dataset<LabelledSample>): Loader => evaluationLoader(part, dataset);
  return {
    definition: {
      title: `${settings.model} on ${dataset.title}`,
      model: trained,
      loss: lossOf(settings, dataset),
      optimizer,
      ...schedules[settings.schedule](optimizer, { epochs, steps }),
      train,
      validation: dataset.validation && held(dataset.validation),
      test: held(dataset.test),
      epochs,
      accumulate,
      metrics: dataset.classNames.length === 0 ? {} : { accuracy: new Accuracy() },
      callbacks: carried === undefined ? [] : [{ onEpochEnd: () => carried.reset() }],
      classNames: isClassifier(dataset) ? dataset.classNames : undefined,
    },
    rng,
    model,
    dataset,
  };
}

/** Whether whole inputs have a class each. */
function isClassifier({ kind, classNames }: NamedDataset): boolean {
  return kind !== 'text' && classNames.length > 0;
}

/** Batches of a part that nothing is learnt from, as large as memory allows. */
export function evaluationLoader(part: Dataset<LabelledSample>, { inputShape, kind }: NamedDataset): Loader {
  const size = inputShape.reduce((product, extent) => product * extent, kind === 'text' ? 256 : 1);
  return new DataLoader(part, { batchSize: Math.min(500, Math.max(1, Math.floor(2e6 / size))) });
}

/** What augmentations depend on. */
export function imageFacts({ inputShape, normalization }: NamedDataset): Parameters<typeof augmentation>[1] {
  const [, height = 1, width = 1] = inputShape;
  const { mean, std } = normalization ?? { mean: 0, std: 1 };
  const average = (value: number | readonly number[]): number =>
    typeof value === 'number' ? value : value.reduce((sum, one) => sum + one, 0) / value.length;
  return { size: [height, width], black: -average(mean) / average(std) };
}

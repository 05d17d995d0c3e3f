import { DataLoader, type Dataset, type ImageSample, split, subset } from '@dl/data';
import { currentBackend, Rng } from '@dl/tensor';
import {
  Accuracy,
  ConfusionMatrix,
  confusionSvg,
  evaluate,
  fit,
  learningCurveSvg,
  mistakesSvg,
  Predictions,
  progress,
  saveWeights,
  type TextSink,
} from '@dl/train';
import { type Digits, findDigits } from './digits.ts';
import { metricsJson } from './metrics-json.ts';
import type { Options } from './options.ts';
import { makeRecipe, type Recipe } from './recipe.ts';
import { RunFolder } from './run-folder.ts';
import { shifted } from './shifted.ts';

/** How large a batch is where nothing is learnt from it. */
const evaluationBatch = 500;

/** A twelfth of the training digits, of each class alike, is held out to follow the training by: the test digits are kept for its end. */
const parts = { train: 11 / 12, validation: 1 / 12 };

/**
 * The main job: finds the digits, trains the model, tests it, and leaves the results in a folder.
 *
 * @param sink - where to tell about it
 * @returns the accuracy on the test images
 */
export async function trainDigits(options: Options, sink: TextSink): Promise<number> {
  const say = (line: string): unknown => sink.write(`${line}\n`);
  const digits = await findDigits(options, say);
  const folder = await RunFolder.create(options.out);
  const recipe = makeRecipe(options);
  introduce(options, digits, recipe).forEach(say);
  const { batchSize, epochs, seed } = options;
  const { model, loss, optimizer, schedule, reach } = recipe;
  const moving = reach === 0 ? digits.train : shifted(digits.train, reach, new Rng(seed).fork());
  // Both deal the same indices: what is trained on moves, what is held out does not.
  const dealt = { stratify: digits.train.labels.slice(0, options.limit) };
  const train = new DataLoader(split(first(moving, options), parts, dealt).train, { batchSize, seed, shuffle: true });
  const held = split(first(digits.train, options), parts, dealt).validation;
  const validation = new DataLoader(held, { batchSize: evaluationBatch });
  const test = new DataLoader(first(digits.test, options), { batchSize: evaluationBatch });
  const callbacks = [progress({ stream: sink, unit: 'images' })];
  const metrics = { accuracy: new Accuracy() };
  const result = await fit({
    model,
    loss,
    optimizer,
    schedule,
    train,
    validation,
    epochs,
    metrics,
    callbacks,
  });
  const classes = digits.test.classNames.length;
  const inspected = { accuracy: new Accuracy(), confusion: new ConfusionMatrix(classes), predictions: new Predictions() };
  const tested = await evaluate(model, test, { loss, metrics: inspected });
  const { accuracy, confusion, predictions } = tested.metrics;

  const title = `${recipe.title} on ${digits.name}`;
  const subtitle = `${percent(accuracy)} of ${tested.samples.toLocaleString('en-US')} test images right · seed ${seed}`;
  await folder.write('metrics.json', metricsJson({ options, digits, recipe, result, tested }));
  await folder.write('learning-curve.svg', learningCurveSvg(result.history, { title, subtitle }));
  await folder.write('confusion.svg', confusionSvg(confusion, { classNames: digits.test.classNames, title }));
  await folder.write('mistakes.svg', mistakesSvg(digits.test, predictions, { title }));
  await saveWeights(folder.file('weights.safetensors'), model, { model: options.model });
  say(`test accuracy ${percent(accuracy)} on ${tested.samples.toLocaleString('en-US')} images`);
  say(`results in ${folder.path}`);
  return accuracy;
}

function introduce({ epochs, batchSize, seed, limit = Infinity }: Options, digits: Digits, recipe: Recipe): string[] {
  const { name, train, test, missing } = digits;
  const { name: backend, mode, threads, refused } = currentBackend().info();
  const parameters = recipe.model.parameters().reduce((sum, parameter) => sum + parameter.size, 0);
  const count = (size: number): string => Math.min(size, limit).toLocaleString('en-US');
  const reasons = missing.map((reason) => `         ${reason}`);
  return [
    ...(missing.length === 0 ? [] : ['note     MNIST is not to be had, so the digits are drawn by the computer:', ...reasons]),
    `data     ${name}: ${train.source}`,
    `         ${count(train.size)} images to train on, ${count(test.size)} to test with`,
    `model    ${recipe.title}, ${parameters.toLocaleString('en-US')} parameters`,
    `training ${plural(epochs, 'epoch')}, batches of ${batchSize}, seed ${seed}; ${recipe.words}`,
    `backend  ${backend} (${mode}, ${plural(threads, 'thread')})`,
    ...refused.map((reason) => `         without ${reason}`),
  ];
}

function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function first(dataset: Dataset<ImageSample>, { limit }: Options): Dataset<ImageSample> {
  const size = Math.min(limit ?? Infinity, dataset.size);
  return size === dataset.size
    ? dataset
    : subset(
        dataset,
        Array.from({ length: size }, (_, i) => i),
      );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

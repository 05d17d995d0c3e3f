import { CharVocabulary, DataLoader, ImageFileDataset } from '@dl/data';
import { readSafetensors } from '@dl/io';
import { type Layer, loadStateDict } from '@dl/layers';
import { CharLSTM, generate } from '@dl/models';
import { Rng, softmax, tidy } from '@dl/tensor';
import { Command, Option } from 'commander';
import { integer, number } from '../options/parsers.ts';
import { makeModel } from '../recipes/make-model.ts';
import type { DatasetFacts } from '../run/dataset-facts.ts';
import { isConfigPlan, planFrom } from '../run/plan.ts';
import { weightsFile } from '../run/weights-file.ts';
import { columns, percent } from '../run/words.ts';
import { UsageError } from '../usage-error.ts';
import { type Context, sayer, writeJson } from './context.ts';

interface PredictOptions {
  readonly top?: number;
  readonly prompt?: string;
  readonly length?: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

interface Trained {
  readonly model: Layer;
  readonly facts: DatasetFacts;
}

const examples = `
Examples:
  $ dl predict runs/lenet seven.png
  $ dl predict runs/resnet20 photos/*.jpg --top 3 --json
  $ dl predict runs/shakespeare --prompt "ROMEO:" --length 300 --temperature 0.8`;

/** `dl predict`: what a trained model says to files. */
export function predictCommand(context: Context): Command {
  return new Command('predict')
    .description('tell the classes of images, or go on with a text')
    .argument('<run>', 'the folder of a run, or the file of its weights')
    .argument('[images...]', 'PNG or JPEG files')
    .addOption(new Option('--top <n>', 'how many classes of each image (default: 3)').argParser(integer(1)))
    .addOption(new Option('--prompt <text>', 'what a character model goes on from'))
    .addOption(new Option('--length <n>', 'how many characters it writes (default: 400)').argParser(integer(1)))
    .addOption(
      new Option('--temperature <x>', 'below 1, likelier characters come more often (default: 0.8)').argParser(
        number(0, { inclusive: true }),
      ),
    )
    .addOption(new Option('--seed <n>', 'what it draws from (default: 1)').argParser(integer(0)))
    .option('--json', 'one JSON object')
    .addHelpText('after', examples)
    .action(async (path: string, images: readonly string[], options: PredictOptions) => {
      const trained = await readTrained(weightsFile(path));
      if (trained.model instanceof CharLSTM) {
        if (images.length > 0 || options.top !== undefined) throw new UsageError('images and --top are for models of images');
        return write(context, trained.model, trained.facts, options);
      }
      const ofTexts = (['prompt', 'length', 'temperature', 'seed'] as const).find((name) => options[name] !== undefined);
      if (ofTexts !== undefined) throw new UsageError(`--${ofTexts} is for character models`);
      if (trained.facts.kind !== 'images')
        throw new UsageError(`predict is for models of images and of texts, got one of ${trained.facts.kind}`);
      if (images.length === 0) throw new UsageError('there must be an image to tell the class of');
      return tell(context, trained, images, options);
    });
}

/** A model with its weights, as the file says: the data are not needed. */
async function readTrained(file: string): Promise<Trained> {
  const { tensors, metadata } = await readSafetensors(file);
  if (metadata?.manifest === undefined || metadata.dataset === undefined) {
    throw new UsageError(`${file} does not say what it is of: it must be of a run by names of dl train`);
  }
  const plan = planFrom(JSON.parse(metadata.manifest));
  if (isConfigPlan(plan)) throw new UsageError(`${file} is of the config file ${plan.config}, which makes its model`);
  const facts: DatasetFacts = JSON.parse(metadata.dataset);
  const model = makeModel(plan.model, facts, plan, new Rng(0));
  loadStateDict(model, tensors);
  return { model, facts };
}

async function tell(
  context: Context,
  { model, facts }: Trained,
  paths: readonly string[],
  { top = 3, json }: PredictOptions,
): Promise<void> {
  const { inputShape, classNames, normalization } = facts;
  const [channels, height, width] = inputShape;
  const files = new ImageFileDataset({
    entries: paths.map((file) => ({ file, label: 0 })),
    classNames,
    channels: channels === 1 ? 1 : 3,
    resize: [height, width],
    normalize: normalization,
    source: 'the command line',
  });
  const rows: { readonly image: string; readonly classes: readonly { readonly name: string; readonly probability: number }[] }[] =
    [];
  for await (const { x } of new DataLoader(files)) {
    const probabilities = tidy(() => softmax(model.forward(x), 1));
    const found = Array.from(await probabilities.data(), (probability, i) => ({ name: classNames[i], probability }));
    probabilities.dispose();
    const classes = found.toSorted((a, b) => b.probability - a.probability).slice(0, top);
    rows.push({ image: paths[rows.length], classes });
  }
  if (json) return writeJson(context, { predictions: rows });
  const table = columns(
    rows.map(({ image, classes }) => [image, ...classes.map(({ name, probability }) => `${name} ${percent(probability)}`)]),
  );
  table.forEach(sayer(context, {}));
}

async function write(context: Context, model: CharLSTM, facts: DatasetFacts, options: PredictOptions): Promise<void> {
  const { length = 400, temperature = 0.8, seed = 1, json } = options;
  const vocabulary = new CharVocabulary(facts.classNames);
  const prompt = options.prompt ?? (facts.classNames.includes('\n') ? '\n' : facts.classNames[0]);
  const text = await generate(model, vocabulary, { prompt, length, temperature, rng: new Rng(seed) });
  if (json) return writeJson(context, { prompt, temperature, text });
  context.stdout.write(`${prompt}${text}\n`);
}

import { join } from 'node:path';
import { DlError } from '@dl/kernels';
import type { RunManifest } from '@dl/train';
import { Command, Option } from 'commander';
import { dataset, integer, list, number, oneOf } from '../options/parsers.ts';
import { augmentationNames } from '../recipes/augmentations.ts';
import { trainableNames } from '../recipes/make-model.ts';
import { optimizerNames } from '../recipes/optimizers.ts';
import { scheduleNames } from '../recipes/schedules.ts';
import { Interrupted, interruptible } from '../run/interrupted.ts';
import { differences, manifestOf, readManifest } from '../run/manifest.ts';
import { planFrom, planRun, type RunPlan } from '../run/plan.ts';
import { RunFolder } from '../run/run-folder.ts';
import type { Wishes } from '../run/settle.ts';
import { trainRun } from '../run/train-run.ts';
import { dashed } from '../run/words.ts';
import { UsageError } from '../usage-error.ts';
import { type Context, sayer, writeJson } from './context.ts';

/** What of the options is about this call, and not about the run. */
interface CallOptions {
  readonly config?: string;
  readonly run?: string;
  readonly resume?: string;
  readonly manifest?: string;
  readonly checkpointSteps?: number;
  readonly workers?: number;
  readonly json?: boolean;
}

type TrainOptions = Wishes & CallOptions;

const examples = `
Examples:
  $ dl train                                            LeNet-5 on MNIST, or on drawn digits where there is no MNIST
  $ dl train --model mlp --epochs 5 --seed 7
  $ dl train --data cifar-10 --model resnet20 --run runs/resnet20
  $ dl train --data cifar-10 --files data_batch_1 --test-files data_batch_2
  $ dl train --data iris.csv --target species
  $ dl train --data tinyshakespeare --epochs 3
  $ dl train my-run.ts                                  a run of your own: export default defineRun(…)
  $ dl train --resume runs/resnet20                     go on after Ctrl-C or a crash, to the same bits
  $ dl train --manifest runs/resnet20/manifest.json     the same run again, and whether the bits are the same

Datasets are taken from $DL_DATA_DIR, the cache, or downloaded; dl datasets lists them, dl summary the models.
What is left out comes from the recipe of the model and the dataset. The test set is looked at once, at the end.`;

/** `dl train`: trains a model and leaves the results in a folder. */
export function trainCommand(context: Context): Command {
  const command = new Command('train')
    .description('train a model on a dataset by name, or by a config file, and leave the results in a folder')
    .argument('[config]', 'a TypeScript or JavaScript file that exports a run')
    .option('--config <file>', 'the same')
    .addHelpText('after', examples);
  for (const option of options()) command.addOption(option);
  return command.action((config: string | undefined, given: TrainOptions) =>
    train(context, { ...given, ...(config !== undefined && { config }) }),
  );
}

function options(): Option[] {
  return [
    new Option('--data <name>', 'a dataset by name, or the path of a .csv, .tsv or .txt file or of a folder of images').argParser(
      dataset,
    ),
    new Option('--model <name>', 'the model (default: by the dataset)').argParser(oneOf(trainableNames)),
    new Option('--epochs <n>', 'passes over the training data').argParser(integer(1)),
    new Option('--batch-size <n>', 'samples a batch; of a text, parts that are read side by side').argParser(integer(1)),
    new Option('--lr <x>', 'learning rate').argParser(number(0)),
    new Option('--optimizer <name>', optimizerNames.join(', ')).argParser(oneOf(optimizerNames)),
    new Option('--schedule <name>', `of the learning rate: ${scheduleNames.join(', ')}`).argParser(oneOf(scheduleNames)),
    new Option('--weight-decay <x>', 'how much of each weight a step takes away').argParser(number(0, { inclusive: true })),
    new Option('--label-smoothing <x>', 'the share of the target that all classes get').argParser(
      number(0, { inclusive: true, high: 1 }),
    ),
    new Option('--augment <name>', `training images: ${augmentationNames.join(', ')}`).argParser(oneOf(augmentationNames)),
    new Option('--accumulate <n>', 'batches a step').argParser(integer(1)),
    new Option('--clip <x>', 'the largest norm of all gradients together').argParser(number(0)),
    new Option('--ema <x>', 'decay of the average of weights that is evaluated and kept').argParser(number(0, { high: 1 })),
    new Option('--early-stopping <n>', 'end after n epochs without progress, and keep the best weights').argParser(integer(1)),
    new Option('--seed <n>', 'the same seed gives the same weights, bit by bit (default: 1)').argParser(integer(0)),
    new Option('--limit <n>', 'take the first n training samples only, and as many to test with').argParser(integer(1)),
    new Option('--validation <share>', 'put aside of the training data (default: 0.1)').argParser(
      number(0, { inclusive: true, high: 1 }),
    ),
    new Option('--files <names>', 'CIFAR: batches to train on').argParser(list),
    new Option('--test-files <names>', 'CIFAR: batches to test with').argParser(list),
    new Option('--image-size <n>', 'folder of images: the side of the squares (default: 64)').argParser(integer(1)),
    new Option('--target <column>', 'table: the column to predict'),
    new Option('--regression', 'table: the target is a number, not a class'),
    new Option('--length <n>', 'text: characters a window').argParser(integer(1)),
    new Option('--hidden <n>', 'char_lstm: units of a layer').argParser(integer(1)),
    new Option('--layers <n>', 'char_lstm: layers').argParser(integer(1)),
    new Option('--dropout <x>', 'char_lstm: the share that is dropped').argParser(number(0, { inclusive: true, high: 1 })),
    new Option('--backend <name>', 'wasm, gpu, auto or reference (default: wasm)').argParser(
      oneOf(['wasm', 'gpu', 'auto', 'reference']),
    ),
    new Option('--workers <n>', 'threads that make training batches; the bits stay the same (default: 0)').argParser(integer(0)),
    new Option('--run <folder>', 'where the results go (default: runs/<time>)'),
    new Option('--resume <folder>', 'go on with a run that was interrupted'),
    new Option('--manifest <file>', 'make the run of a manifest again, and say whether the bits are the same'),
    new Option('--checkpoint-steps <n>', 'keep a checkpoint every n steps, too').argParser(integer(1)),
    new Option('--json', 'one JSON object on stdout, everything else on stderr'),
  ];
}

async function train(context: Context, given: TrainOptions): Promise<void> {
  const { run: path, resume, manifest: replayed, json, checkpointSteps, workers, ...wishes } = given;
  const say = sayer(context, given);
  const folder = resume === undefined ? RunFolder.create(path) : RunFolder.open(resume);
  const earlier = await earlierManifest(given);
  const { plan, run, introduction } = await planRun(earlier === undefined ? planOf(wishes) : kept(earlier, given), say, {
    workers,
  });
  await folder.make();
  introduction.forEach(say);
  const now = await manifestOf(plan, run);
  if (earlier !== undefined) differences(earlier, now).forEach(say);
  const manifest = resume === undefined ? now : (earlier ?? now);
  await folder.write('manifest.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
  const result = await interruptible(context, (signal) =>
    trainRun(run, {
      folder,
      plan,
      manifest,
      stream: json ? context.stderr : context.stdout,
      say,
      signal,
      resumed: resume !== undefined,
      checkpointSteps,
    }),
  ).catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(`interrupted, with a checkpoint; go on with\n  dl train --resume ${folder.path}`);
  });
  const sameBits = replayed === undefined ? undefined : result.weights === earlier?.weights;
  if (json) writeJson(context, { ...result, sameBits });
  if (sameBits) say(`replay   the weights have the same bits as those of ${replayed}`);
  if (sameBits === false) {
    throw new DlError('dl train', `the weights must have the bits of ${replayed}, got others (${result.weights})`);
  }
}

/** The manifest of the run that is to be resumed, or to be made again. */
async function earlierManifest({ resume, manifest }: CallOptions): Promise<RunManifest | undefined> {
  if (resume !== undefined) return readManifest(join(resume, 'manifest.json'));
  return manifest === undefined ? undefined : readManifest(manifest);
}

/** @throws {@link UsageError} for a setting that a config file decides about */
function planOf({ config, ...wishes }: Wishes & { readonly config?: string }): Wishes | RunPlan {
  if (config === undefined) return wishes;
  const { seed = 1, backend = 'wasm', epochs, ...others } = wishes;
  const [extra] = Object.keys(others);
  if (extra !== undefined) throw new UsageError(`--${dashed(extra)} is for the config file ${config} to decide`);
  return { config, seed, backend, epochs };
}

/** @throws {@link UsageError} for a setting besides: a run goes on as it began, or is made again as it was */
function kept(earlier: RunManifest, { run, resume, manifest, json, checkpointSteps, workers, ...others }: TrainOptions): RunPlan {
  const [extra] = Object.keys(resume === undefined ? others : { ...others, ...(run !== undefined && { run }) });
  if (extra === undefined) return planFrom(earlier);
  const [option, why] = resume === undefined ? ['--manifest', 'is made again as it was'] : ['--resume', 'goes on as it began'];
  throw new UsageError(`--${dashed(extra)} cannot go with ${option}: a run ${why}`);
}

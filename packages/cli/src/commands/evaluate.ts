import { type Dataset, subset } from '@dl/data';
import type { Layer } from '@dl/layers';
import { type Combine, type Loader, TestTimeAugmentation } from '@dl/train';
import { Command, Option } from 'commander';
import { dataset, integer, list, oneOf } from '../options/parsers.ts';
import { trainableNames } from '../recipes/make-model.ts';
import { finishedRun } from '../run/finished-run.ts';
import { evaluationLoader, imageFacts, type PreparedRun } from '../run/prepare.ts';
import type { Wishes } from '../run/settle.ts';
import { testLine, testModel } from '../run/test-model.ts';
import { type ViewsName, viewsNames, viewsOf } from '../run/views.ts';
import { columns, percent } from '../run/words.ts';
import { UsageError } from '../usage-error.ts';
import { type Context, sayer, writeJson } from './context.ts';

type Split = 'test' | 'validation' | 'train';

interface EvaluateOptions extends Omit<Wishes, 'limit'> {
  readonly split: Split;
  readonly tta?: ViewsName;
  readonly combine?: Combine;
  readonly limit?: number;
  readonly json?: boolean;
}

const examples = `
Examples:
  $ dl evaluate runs/lenet
  $ dl evaluate runs/lenet --split validation
  $ dl evaluate runs/resnet20 --tta flip
  $ dl evaluate runs/lenet --data digits
  $ dl evaluate lenet.safetensors --model lenet --data mnist --json`;

/** `dl evaluate`: how good a trained model is. */
export function evaluateCommand(context: Context): Command {
  return new Command('evaluate')
    .description('tell how good a trained model is, class by class')
    .argument('<run>', 'the folder of a run, or a .safetensors file of weights')
    .addOption(
      new Option('--split <name>', 'test, validation or train')
        .argParser(oneOf<Split>(['test', 'validation', 'train']))
        .default('test'),
    )
    .addOption(new Option('--data <name>', 'other data than those of the run').argParser(dataset))
    .addOption(new Option('--test-files <names>', 'CIFAR: batches to test with').argParser(list))
    .addOption(
      new Option('--model <name>', 'what a file of weights is of, where it does not say').argParser(oneOf(trainableNames)),
    )
    .addOption(new Option('--limit <n>', 'only the first n samples').argParser(integer(1)))
    .addOption(
      new Option('--tta <name>', `look at each image several times: ${viewsNames.join(', ')}`).argParser(oneOf(viewsNames)),
    )
    .addOption(
      new Option('--combine <how>', 'what is made of the views: their mean (the default) or a vote').argParser(
        oneOf<Combine>(['mean', 'vote']),
      ),
    )
    .option('--json', 'one JSON object on stdout, everything else on stderr')
    .addHelpText('after', examples)
    .action(async (path: string, { split, tta, combine, limit, json, ...wishes }: EvaluateOptions) => {
      if (combine !== undefined && tta === undefined) throw new UsageError('--combine is of several views: say which by --tta');
      const say = sayer(context, { json });
      const { run } = await finishedRun(path, wishes, say);
      const model = tta === undefined ? run.model : manyViews(run, tta, combine);
      const tested = await testModel(model, partOf(run, split, limit), run.definition);
      if (json) {
        const { loss, samples, metrics, confusion } = tested;
        return writeJson(context, { title: run.definition.title, split, loss, samples, metrics, confusion });
      }
      const { classNames } = run.definition;
      if (tested.confusion !== undefined && classNames !== undefined && classNames.length <= 100) {
        for (const line of classTable(tested.confusion, classNames)) say(line);
      }
      say(`${split.padEnd(8)} ${testLine(tested, run.dataset?.kind)}`);
      return undefined;
    });
}

function manyViews({ model, dataset }: PreparedRun, name: ViewsName, combine: Combine = 'mean'): Layer {
  if (dataset?.kind !== 'images') throw new UsageError('--tta is for runs on images by their names');
  const { size, black } = imageFacts(dataset);
  return new TestTimeAugmentation(model, viewsOf[name](size[0], black), { combine });
}

/** Data as they are, in order; a limit leaves the parts as they were when the run was made. */
function partOf({ definition, dataset }: PreparedRun, split: Split, limit: number | undefined): Loader {
  if (dataset === undefined && limit !== undefined)
    throw new UsageError('--limit is for data by their names: a config file makes its own loaders');
  const part = dataset?.[split];
  const loader = dataset && part ? evaluationLoader(firstOf(part, limit), dataset) : definition[split];
  if (loader === undefined) throw new UsageError(`the run has no ${split} data`);
  return loader;
}

function firstOf<T>(part: Dataset<T>, limit = part.size): Dataset<T> {
  return subset(
    part,
    Array.from({ length: Math.min(limit, part.size) }, (_, i) => i),
  );
}

/** Precision and recall, class by class. */
function classTable(counts: readonly (readonly number[])[], classNames: readonly string[]): string[] {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return columns([
    ['class', 'samples', 'recall', 'precision'],
    ...counts.map((row, i) => {
      const [all, taken] = [sum(row), sum(counts.map((other) => other[i]))];
      return [classNames[i], String(all), all === 0 ? '–' : percent(row[i] / all), taken === 0 ? '–' : percent(row[i] / taken)];
    }),
  ]);
}

import { summary } from '@dl/layers';
import { charLstm, createModel, describeModels, type ImageShape, type ModelName } from '@dl/models';
import { Argument, Command, Option } from 'commander';
import { extents, integer, oneOf } from '../options/parsers.ts';
import { textModel, trainableNames } from '../recipes/make-model.ts';
import { columns } from '../run/words.ts';
import { UsageError } from '../usage-error.ts';
import { type Context, sayer, writeJson } from './context.ts';

interface SummaryOptions {
  readonly input?: readonly number[];
  readonly classes?: number;
  readonly json?: boolean;
}

/** `dl summary`: what a model is made of and what it costs. */
export function summaryCommand(context: Context): Command {
  return new Command('summary')
    .description('tell layer by layer what a model is made of and what it costs; without a name, list the models')
    .addArgument(new Argument('[model]', 'its name').argParser(oneOf(trainableNames)))
    .addOption(new Option('--input <extents>', 'of one input, such as 3x32x32 (default: what it is made for)').argParser(extents))
    .addOption(
      new Option('--classes <n>', 'how many classes, or characters (default: what it is made for)').argParser(integer(1)),
    )
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ dl summary\n  $ dl summary resnet20\n  $ dl summary lenet --classes 47\n  $ dl summary char_lstm --classes 65 --input 128',
    )
    .action((name: string | undefined, options: SummaryOptions) => {
      const say = sayer(context, options);
      if (name === undefined) {
        const rows = describeModels();
        if (options.json) return writeJson(context, { models: rows });
        const table = columns([
          ['name', 'input', 'classes', 'what it is'],
          ...rows.map(({ name: model, imageShape, classes, description }) => [
            model,
            imageShape.join('×'),
            String(classes),
            description,
          ]),
          [textModel, 'characters', '', 'language model of characters'],
        ]);
        say(context.paint('bold', table[0]));
        for (const line of table.slice(1)) say(line);
        return undefined;
      }
      const found = name === textModel ? summarizeText(options) : summarizeImages(name as ModelName, options);
      if (options.json) return writeJson(context, { model: name, ...found.toJSON() });
      say(String(found));
      return undefined;
    });
}

function summarizeText({ input = [128], classes = 65 }: SummaryOptions): ReturnType<typeof summary> {
  if (input.length !== 1) throw new UsageError(`--input of ${textModel} must be how many characters, got ${input.join('x')}`);
  return summary(charLstm(classes), [1, ...input], { dtype: 'int32' });
}

function summarizeImages(name: ModelName, { input, classes }: SummaryOptions): ReturnType<typeof summary> {
  const used = describeModels().find((row) => row.name === name)?.imageShape ?? [1, 28, 28];
  const shape = input ?? used;
  if (shape.length !== 3) throw new UsageError(`--input must be channels, height and width, got ${shape.join('x')}`);
  const imageShape: ImageShape = [shape[0], shape[1], shape[2]];
  return summary(createModel(name, { imageShape, classes }), [1, ...imageShape]);
}

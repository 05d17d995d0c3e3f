import { describeDatasets } from '@dl/data';
import { Command } from 'commander';
import { columns, formatCount } from '../run/words.ts';
import { type Context, sayer, writeJson } from './context.ts';

/** `dl datasets`: what can be trained on by name. */
export function datasetsCommand(context: Context): Command {
  return new Command('datasets')
    .description('list the datasets that have names, with their sizes, where they are and how to get them')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExamples:\n  $ dl datasets\n  $ DL_DATA_DIR=~/data dl datasets --json')
    .action((options: { readonly json?: boolean }) => {
      const rows = describeDatasets();
      if (options.json) return writeJson(context, { datasets: rows });
      const say = sayer(context, options);
      const { paint } = context;
      const table = columns([
        ['name', 'train', 'test', 'what it is', 'where'],
        ...rows.map(({ name, train, test, description, folder, get }) => [
          name,
          train === undefined ? '' : formatCount(train),
          test === undefined ? '' : formatCount(test),
          description,
          folder ?? get,
        ]),
      ]);
      say(paint('bold', table[0]));
      for (const line of table.slice(1)) say(line);
      say('');
      say(
        'Also the path of a .csv or .tsv table (--target names the column to predict) or of a .txt text, or a folder of images.',
      );
    });
}

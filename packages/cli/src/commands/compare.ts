import { basename, resolve } from 'node:path';
import { compareHtml, type RunReport, writeReport } from '@dl/train';
import { Command } from 'commander';
import { readManifest } from '../run/manifest.ts';
import { RunFolder } from '../run/run-folder.ts';
import { type RunResult, readResult } from '../run/run-result.ts';
import { columns, formatCount, percent } from '../run/words.ts';
import { type Context, sayer, writeJson } from './context.ts';

interface CompareOptions {
  readonly html?: string;
  readonly json?: boolean;
}

/** `dl compare`: several runs beside each other. */
export function compareCommand(context: Context): Command {
  return new Command('compare')
    .description('hold runs against each other: what they came to, and in what they differ')
    .argument('<runs...>', 'the folders of runs')
    .option('--html <file>', 'write a page, too')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExamples:\n  $ dl compare runs/lenet runs/mlp\n  $ dl compare runs/* --html comparison.html')
    .action(async (paths: readonly string[], { html, json }: CompareOptions) => {
      const folders = paths.map((path) => RunFolder.open(path));
      const results = await Promise.all(folders.map(readResult));
      const names = paths.map((path) => basename(resolve(path)));
      if (html !== undefined)
        await writeReport(
          html,
          compareHtml(await Promise.all(folders.map((folder, i) => reportOf(folder, names[i], results[i])))),
        );
      if (json) return writeJson(context, { runs: results.map((result, i) => ({ name: names[i], ...result })), html });
      const say = sayer(context, {});
      const table = columns([
        ['run', 'title', 'test accuracy', 'test loss', 'parameters', 'epochs', 'seconds'],
        ...results.map((result, i) => row(names[i], result)),
      ]);
      say(context.paint('bold', table[0]));
      table.slice(1).forEach(say);
      if (html !== undefined) say(`page in ${html}`);
      return undefined;
    });
}

function row(name: string, { title, test, parameters, epochs }: RunResult): string[] {
  const accuracy = test?.metrics.accuracy;
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  return [
    name,
    title,
    accuracy === undefined ? '–' : percent(accuracy),
    test?.loss.toFixed(4) ?? '–',
    formatCount(parameters),
    String(epochs.length),
    seconds.toFixed(0),
  ];
}

async function reportOf(folder: RunFolder, name: string, { epochs, test }: RunResult): Promise<RunReport> {
  return { title: name, history: epochs, test, manifest: await readManifest(folder.file('manifest.json')) };
}

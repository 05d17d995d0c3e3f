import { Command } from 'commander';
import { finishedRun } from '../run/finished-run.ts';
import { reportOf } from '../run/report-of.ts';
import { RunFolder } from '../run/run-folder.ts';
import { readResult } from '../run/run-result.ts';
import { testModel } from '../run/test-model.ts';
import { writePages } from '../run/write-pages.ts';
import { type Context, sayer, writeJson } from './context.ts';

/** `dl report`: the page of a run. */
export function reportCommand(context: Context): Command {
  return new Command('report')
    .description('write the page of a run, report.html, and its pictures again')
    .argument('<run>', 'the folder of a run')
    .option('--json', 'one JSON object on stdout, everything else on stderr')
    .addHelpText('after', '\nExamples:\n  $ dl report runs/lenet\n  $ dl report runs/lenet && xdg-open runs/lenet/report.html')
    .action(async (path: string, options: { readonly json?: boolean }) => {
      const say = sayer(context, options);
      const folder = RunFolder.open(path);
      const result = await readResult(folder);
      const { run, manifest } = await finishedRun(path, {}, say);
      const { test } = run.definition;
      const tested = test && (await testModel(run.model, test, run.definition));
      await writePages(folder, await reportOf(run, result, tested, manifest));
      const file = folder.file('report.html');
      if (options.json) return writeJson(context, { report: file });
      say(`report in ${file}`);
      return undefined;
    });
}

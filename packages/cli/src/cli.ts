import { DlError } from '@dl/kernels';
import { Command, CommanderError } from 'commander';
import { backendsCommand } from './commands/backends.ts';
import { compareCommand } from './commands/compare.ts';
import { contextOf } from './commands/context.ts';
import { datasetsCommand } from './commands/datasets.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { exportCommand } from './commands/export.ts';
import { predictCommand } from './commands/predict.ts';
import { reportCommand } from './commands/report.ts';
import { summaryCommand } from './commands/summary.ts';
import { trainCommand } from './commands/train.ts';
import type { CliIo } from './io.ts';
import { paintFor } from './paint.ts';
import { Interrupted } from './run/interrupted.ts';
import { UsageError } from './usage-error.ts';
import { ownVersion } from './version.ts';

/** What {@link runCli} ends with. */
const codes = { success: 0, failure: 1, usage: 2, interrupted: 130 } as const;

/**
 * The program `dl`.
 *
 * @param args - what follows its name
 * @param io - default: those of the process
 * @returns the exit code: 0 for success, 1 for a failure, 2 for a wrong command line, 130 after Ctrl-C
 * @throws what is no failure of the user's making but a defect of the program
 * @example
 * const lines: string[] = [];
 * const stdout = { write: (text: string) => lines.push(text) };
 * await runCli(['datasets', '--json'], { stdout }) // 0
 * JSON.parse(lines.join('')).datasets[0].name // 'mnist'
 */
export async function runCli(args: readonly string[], io: Partial<CliIo> = {}): Promise<number> {
  const { stdout = process.stdout, stderr = process.stderr, env = process.env, signals = process } = io;
  const full = { stdout, stderr, env, signals };
  try {
    await program(full).parseAsync(args, { from: 'user' });
    return codes.success;
  } catch (error) {
    return codeOf(error, full);
  }
}

const makers = [
  trainCommand,
  evaluateCommand,
  predictCommand,
  reportCommand,
  compareCommand,
  exportCommand,
  summaryCommand,
  datasetsCommand,
  backendsCommand,
];

function program(io: CliIo): Command {
  const context = contextOf(io);
  const dl = new Command('dl')
    .description('Deep learning for TypeScript: train, evaluate, look at and compare models.')
    .version(ownVersion());
  const commands = makers.map((make) => make(context));
  for (const command of commands) dl.addCommand(command);
  dl.addHelpText('after', '\nExamples:\n  $ dl train\n  $ dl train --data cifar-10 --model resnet20\n  $ dl help train');
  for (const one of [dl, ...commands]) {
    one.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  return dl;
}

/** Says what went wrong, in the words of the error. */
function codeOf(error: unknown, { stderr, env }: CliIo): number {
  const paint = paintFor(stderr, env);
  const say = (message: string): unknown => stderr.write(`${paint('red', message)}\n`);
  if (error instanceof CommanderError) {
    // Commander has said it already; without a command it shows the help as an error.
    return error.exitCode === 0 ? codes.success : codes.usage;
  }
  if (error instanceof UsageError) {
    say(`error: ${error.message}`);
    return codes.usage;
  }
  if (error instanceof Interrupted) {
    stderr.write(`\n${error.message}\n`);
    return codes.interrupted;
  }
  if (!(error instanceof DlError) && !isSystemError(error)) throw error;
  say(`error: ${error.message}`);
  return codes.failure;
}

/** A refusal of the operating system, such as a folder that cannot be written. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

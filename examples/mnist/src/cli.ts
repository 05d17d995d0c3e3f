import { DlError } from '@dl/kernels';
import type { TextSink } from '@dl/train';
import { help, parseOptions, UsageError } from './options.ts';
import { trainDigits } from './train-digits.ts';

/**
 * The program.
 *
 * @param args - what follows its name
 * @returns the exit code: 0 for success, 1 for a failure, 2 for a wrong command line
 */
export async function runCli(args: readonly string[], out: TextSink, err: TextSink): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options === undefined) out.write(`${help}\n`);
    else await trainDigits(options, out);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      err.write(`${error.message}\nnpm start -- --help says what there is\n`);
      return 2;
    }
    if (!(error instanceof DlError) && !isSystemError(error)) throw error;
    err.write(`${error.message}\n`);
    return 1;
  }
}

/** A refusal of the operating system, such as a folder that cannot be written. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

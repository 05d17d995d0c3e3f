import { DlError } from '@dl/kernels';
import { help, type Options, parseOptions, UsageError } from './options.ts';
import { trainDigits } from './train-digits.ts';

process.exitCode = await main(process.argv.slice(2));

/** 0 for success, 1 for a failure, 2 for a wrong command line. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options: Options | undefined = parseOptions(args);
    if (options === undefined) process.stdout.write(`${help}\n`);
    else await trainDigits(options, process.stdout);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\nnpm start -- --help says what there is\n`);
      return 2;
    }
    process.stderr.write(`${error instanceof DlError ? error.message : (error as Error).stack}\n`);
    return 1;
  }
}

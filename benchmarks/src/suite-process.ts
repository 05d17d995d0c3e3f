import type { Backend } from '@dl/kernels';
import { useBackend } from '@dl/tensor';
import { Bench } from './bench.ts';
import type { Findings } from './findings.ts';
import type { Pace } from './measure.ts';
import type { Request } from './notebook.ts';
import { ownBackend } from './own.ts';
import { PyTorch } from './peers/pytorch.ts';
import { suites } from './suites/suites.ts';

// Started by main.ts as `suite-process.ts <threads> <pace> <request>`; sends its findings.

/** What the process sends: findings, with what is to be known of where they come from, or why there are none. */
export type SuiteAnswer = { readonly findings: Findings; readonly remark?: string } | { readonly refusal: string };

async function answer(threads: number, pace: Pace, request: Request): Promise<SuiteAnswer> {
  const suite = suites[request.suite];
  if ('page' in suite) throw new Error(`${request.suite}: runs in a page`);
  let backend: Backend;
  try {
    backend = await ownBackend(threads);
  } catch (error) {
    return { refusal: `${request.suite}: ${error instanceof Error ? error.message : String(error)}` };
  }
  await useBackend(backend);
  const pytorch = await PyTorch.start(threads);
  const singleThread = threads > 1 ? await ownBackend(1) : undefined;
  const bench = new Bench({ ...request, pace, backend, singleThread, pytorch });
  try {
    await suite.run(bench);
  } finally {
    pytorch.stop();
  }
  const { rows, figures, absences } = bench;
  return { findings: { rows, figures, absences } };
}

const [threads, pace, request] = process.argv.slice(2);
process.send?.(await answer(Number(threads), JSON.parse(pace), JSON.parse(request)));
// Peers leave workers behind that would keep the process alive.
process.exit();

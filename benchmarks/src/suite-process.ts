import type { Backend } from '@dl/kernels';
import { useBackend } from '@dl/tensor';
import { Bench } from './bench.ts';
import type { Findings } from './findings.ts';
import type { Pace } from './measure.ts';
import { ownBackend } from './own.ts';
import { PyTorch } from './peers/pytorch.ts';
import { suites } from './suites/suites.ts';

// Started by main.ts as `suite-process.ts <suite> <threads> <pace> <only>`; sends its findings.

/** What the process sends: findings, or why there are none. */
export type SuiteAnswer = { readonly findings: Findings } | { readonly refusal: string };

async function answer(suite: string, threads: number, pace: Pace, only: string): Promise<SuiteAnswer> {
  let backend: Backend;
  try {
    backend = await ownBackend(threads);
  } catch (error) {
    return { refusal: `${suite}: ${error instanceof Error ? error.message : String(error)}` };
  }
  await useBackend(backend);
  const pytorch = await PyTorch.start(threads);
  const singleThread = threads > 1 ? await ownBackend(1) : undefined;
  const bench = new Bench({ suite, pace, backend, singleThread, pytorch, only });
  try {
    await suites[suite].run(bench);
  } finally {
    pytorch.stop();
  }
  const { rows, figures, absences } = bench;
  return { findings: { rows, figures, absences } };
}

const [suite, threads, pace, only] = process.argv.slice(2);
process.send?.(await answer(suite, Number(threads), JSON.parse(pace), only));
// Peers leave workers behind that would keep the process alive.
process.exit();

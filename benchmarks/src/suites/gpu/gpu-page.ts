import { createGpuBackend, type GpuMode } from '@dl/kernels-gpu';
import { createWasmBackend } from '@dl/kernels-wasm';
import type { PageRequest } from '../../run-in-page.ts';
import type { SuiteAnswer } from '../../suite-process.ts';
import { adapters } from './adapters.ts';
import { convolutions } from './convolutions.ts';
import { GpuBench, type Side } from './gpu-bench.ts';
import { million } from './million.ts';
import { products } from './products.ts';
import { training } from './training.ts';

const modes: readonly GpuMode[] = ['webgpu', 'webgl2'];

/** Runs the suite in this page. */
export async function answer({ pace, quick, ...request }: PageRequest): Promise<SuiteAnswer> {
  const sides: Side[] = [];
  const judge = createWasmBackend({ threads: 1 });
  const bench = new GpuBench({ ...request, pace, sides, judge });
  for (const mode of modes) {
    const backend = await bench.attempt(`@dl ${mode}`, 'all works', () => createGpuBackend({ mode }));
    if (backend !== undefined) sides.push({ on: mode, backend });
  }
  await products(bench, quick ? [512] : [256, 512, 1024]);
  await convolutions(bench);
  await million(bench);
  await training(bench);
  const { rows, figures, absences } = bench;
  return { findings: { rows, figures, absences }, remark: await adapters() };
}

import type { Backend, FusedKernelAttrs, FusedKernelName, HostTensor, KernelInput } from '@dl/kernels';
import { expect, it } from 'vitest';
import type { FusedCase } from '../backend/fused/fused-case.ts';
import { fusedCases } from '../backend/fused/index.ts';
import { place } from '../backend/run-case.ts';
import { assertClose, assertEqual } from '../compare.ts';

type Tested = keyof typeof fusedCases;

/** Runs every fused kernel that a backend has, and compares with its formula in double precision. No backend owes any. */
export function describeFused(backend: Backend): void {
  const kernels = (Object.keys(fusedCases) as Tested[]).filter((kernel) => backend.fuses(kernel, 'float32'));
  for (const kernel of kernels) it(`${kernel}, fused, equals its formula`, () => checkFused(backend, kernel));
}

async function checkFused<K extends Tested>(backend: Backend, kernel: K): Promise<void> {
  const cases: readonly FusedCase<FusedKernelAttrs[K]>[] = fusedCases[kernel]();
  for (const one of cases) {
    const outs = await runFusedCase(backend, kernel, one);
    for (const [i, out] of outs.entries()) assertClose(`${one.name}, output ${i}`, out, one.outs[i], one.tolerance ?? 1e-5);
  }
}

/** Runs a fused kernel on fresh inputs, which it must not change, and reads the outputs; nothing is left on the backend. */
async function runFusedCase<K extends FusedKernelName>(
  backend: Backend,
  kernel: K,
  one: FusedCase<FusedKernelAttrs[K]>,
): Promise<HostTensor[]> {
  const before = backend.stats();
  const inputs = one.inputs.map((input) => place(backend, input));
  const buffers = backend.runFused(kernel, inputs, one.attrs, one.outs);
  const outs: KernelInput[] = buffers.map((buffer, i) => ({ ...one.outs[i], buffer }));
  const results: HostTensor[] = [];
  for (const { shape, dtype, buffer } of outs) results.push({ shape, dtype, data: await backend.read({ shape, dtype, buffer }) });
  for (const [i, input] of inputs.entries()) {
    assertEqual(`input ${i}, after the run,`, { ...one.inputs[i], data: await backend.read(input) }, one.inputs[i]);
  }
  for (const { buffer } of [...inputs, ...outs]) backend.release(buffer);
  expect(backend.stats()).toMatchObject({ buffers: before.buffers, bytes: before.bytes });
  return results;
}

import { type Backend, createReferenceBackend, type DType, type KernelName, requiredDTypes } from '@dl/kernels';
import { describe, it } from 'vitest';
import { kernelCases } from '../backend/cases/index.ts';
import type { KernelCase } from '../backend/kernel-case.ts';
import { runCase } from '../backend/run-case.ts';
import { assertClose } from '../compare.ts';

/** Runs every kernel with every dtype that a backend owes, empty tensors included, and compares with the reference backend. */
export function describeKernels(backend: Backend): void {
  const kernels = Object.keys(kernelCases) as KernelName[];
  for (const kernel of kernels) {
    describe(kernel, () => {
      for (const dtype of requiredDTypes[kernel]) {
        it(`equals the reference on ${dtype}`, () => checkKernel(backend, kernel, dtype));
      }
    });
  }
}

async function checkKernel<K extends KernelName>(backend: Backend, kernel: K, dtype: DType): Promise<void> {
  if (!backend.supports(kernel, dtype)) throw new Error(`${kernel} must be supported on ${dtype}, which every backend owes`);
  const reference = createReferenceBackend();
  const cases: readonly KernelCase<K>[] = kernelCases[kernel](dtype);
  for (const one of cases) {
    const expected = await runCase(reference, kernel, one);
    assertClose(one.name, await runCase(backend, kernel, one), expected, one.tolerance ?? 1e-5);
  }
}

import type { Backend } from '@dl/kernels';
import { afterAll, describe } from 'vitest';
import { describeContract } from './contract.ts';
import { describeFused } from './fused.ts';
import { describeKernels } from './kernels.ts';

/**
 * Holds a backend to the contract of `@dl/kernels`, below tensors: every kernel with every dtype that it owes, the fused
 * ones that it has, and how it keeps buffers.
 *
 * @param create - makes a backend of its own at each call
 */
export function describeBackend(create: () => Backend): void {
  const backend = create();
  describe(`${backend.name} backend`, () => {
    describeKernels(backend);
    describeFused(backend);
    describeContract(create);
    afterAll(() => backend.dispose());
  });
}

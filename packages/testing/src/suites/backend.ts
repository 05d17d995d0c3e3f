import type { Backend } from '@dl/kernels';
import { afterAll, describe } from 'vitest';
import { describeContract } from './contract.ts';
import { describeKernels } from './kernels.ts';

/**
 * Holds a backend to the contract of `@dl/kernels`, below tensors: every kernel with every dtype that it owes, and how it keeps buffers.
 *
 * @param create - makes a backend of its own at each call
 */
export function describeBackend(create: () => Backend): void {
  const backend = create();
  describe(`${backend.name} backend`, () => {
    describeKernels(backend);
    describeContract(create);
    afterAll(() => backend.dispose());
  });
}

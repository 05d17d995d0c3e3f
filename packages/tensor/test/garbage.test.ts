import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createReferenceBackend } from '@dl/kernels';
import { expect, test, vi } from 'vitest';
import { currentBackend, Parameter, tensor, useBackend } from '../src/index.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

async function collectAll(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    collect();
    await setTimeout(5);
  }
}

test('the garbage collector frees tensors and parameters that nobody disposed, and no block twice', async () => {
  const backend = createReferenceBackend();
  const release = vi.spyOn(backend, 'release');
  await useBackend(backend);
  (() => {
    for (let i = 0; i < 20; i++) {
      tensor([i]);
      tensor([i]).dispose();
      tensor([i]).free({ by: 'a test', at: new Error() });
      const parameter = new Parameter(tensor([i]));
      using next = tensor([i + 1]);
      parameter.assign(next);
    }
  })();
  await collectAll();
  expect(currentBackend().stats().buffers).toBe(0);
  // Each loop: three tensors, the tensor a parameter took over, the parameter's first block, `next`, the parameter's second block.
  expect(release).toHaveBeenCalledTimes(20 * 7);
});

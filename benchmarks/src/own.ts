import type { Backend } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { type Tensor, tensor } from '@dl/tensor';
import { batched, type Contestant } from './contestant.ts';
import { sleep } from './sleep.ts';
import { sizeOf, values } from './values.ts';

const patienceMs = 10_000;

/**
 * A backend of ours on which `threads` threads are at work.
 *
 * @throws where ours does not come to as many
 */
export async function ownBackend(threads: number): Promise<Backend> {
  const backend = createWasmBackend({ threads });
  // Workers start when there is work that pays for them, and join when they are up.
  const square = { shape: [256, 256], dtype: 'float32' } as const;
  const a = { ...square, buffer: backend.upload(new Float32Array(256 * 256), square) };
  const attrs = { transposeA: false, transposeB: false };
  const end = performance.now() + patienceMs;
  while (backend.info().threads < threads && performance.now() < end) {
    backend.release(backend.run('matmul', [a, a], attrs, square));
    await sleep(5);
  }
  backend.release(a.buffer);
  const { threads: joined, refused } = backend.info();
  if (joined === threads) return backend;
  backend.dispose();
  throw new Error(`the wasm backend came to ${joined} of ${threads} threads${refused.map((why) => `; ${why}`).join('')}`);
}

/** A tensor of the {@link values} that all sides compute with. */
export function ownTensor(backend: Backend, shape: readonly number[], seed: number, low?: number, high?: number): Tensor {
  return tensor(values(sizeOf(shape), seed, low, high), { shape, backend });
}

/** Ours: an op on tensors that stay, its result disposed each time; a turn ends when their backend has done all. */
export function own(inputs: readonly Tensor[], produce: () => Tensor): Contestant {
  return batched({
    produce,
    wait: () => inputs[0].backend.sync(),
    free: (output) => output.dispose(),
    read: (output) => output.data(),
    dispose: () => {
      for (const input of inputs) input.dispose();
    },
  });
}

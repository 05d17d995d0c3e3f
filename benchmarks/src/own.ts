import type { Backend } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { type Tensor, tensor } from '@dl/tensor';
import { type Contestant, synchronous } from './contestant.ts';
import { sizeOf, values } from './values.ts';

/** A backend of ours that computes on `threads` threads, or undefined where ours cannot. */
export function ownBackend(threads: number): Backend | undefined {
  const options = { relaxedSimd: true, threads };
  const backend = createWasmBackend(options);
  if (backend.info().threads === threads) return backend;
  backend.dispose();
  return undefined;
}

/** A tensor of the {@link values} that all sides compute with. */
export function ownTensor(backend: Backend, shape: readonly number[], seed: number, low?: number, high?: number): Tensor {
  return tensor(values(sizeOf(shape), seed, low, high), { shape, backend });
}

/** Ours: an op on tensors that stay, its result disposed each time. */
export function own(inputs: readonly Tensor[], produce: () => Tensor): Contestant {
  return synchronous({
    produce,
    free: (output) => output.dispose(),
    read: (output) => output.data(),
    dispose: () => {
      for (const input of inputs) input.dispose();
    },
  });
}

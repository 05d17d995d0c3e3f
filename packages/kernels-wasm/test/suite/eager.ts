import type { Backend } from '@dl/kernels';
import { expect } from 'vitest';
import { instantiateKernels } from '../../src/instantiate.ts';
import { WasmBackend } from '../../src/wasm-backend.ts';

/** A backend whose workers take part in whatever has more than one task, however small. */
export function createEager(threads: number, relaxedSimd = false): WasmBackend {
  const instance = instantiateKernels({ relaxedSimd, sharedMemory: true });
  return new WasmBackend(instance, 2 ** 31, threads, { sharing: 0, waking: 0, starting: 0, bearable: 2 ** 31 - 1 });
}

/** Has all threads of an eager backend join. */
export async function allJoined(backend: Backend, threads: number): Promise<void> {
  const large = { shape: [200_000], dtype: 'float32' } as const;
  for (let i = 0; i < 2000; i++) {
    backend.release(backend.run('fill', [], { value: 1 }, large));
    if (backend.info().threads === threads) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect.fail(`${threads} threads must join, got ${JSON.stringify(backend.info())}`);
}

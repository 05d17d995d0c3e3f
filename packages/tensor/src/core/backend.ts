import type { Backend } from '@dl/kernels';
import { ArgumentError, createReferenceBackend } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { chooseBackend } from './choose-backend.ts';
import { loadGpuPackage } from './gpu-package.ts';

let current: Backend | undefined;

/** The backend on which new tensors are made. The first call makes the WebAssembly backend, if {@link useBackend} made no other choice. */
export function currentBackend(): Backend {
  current ??= createWasmBackend();
  return current;
}

/**
 * The backends that {@link useBackend} knows by name.
 *
 * - `wasm`: the CPU, all its cores; the default
 * - `gpu`: WebGPU or else WebGL2, whatever executes it. Needs the package `@dl/kernels-gpu`, which no other choice loads but `auto`
 * - `auto`: a GPU, if there is a real one (no software adapter) that computes a small convolution faster than `wasm` does here, which
 *   is measured when it is asked for; else `wasm`. `info().refused` says what was not taken and why
 * - `reference`: plain TypeScript, slow, the only one with `float64`
 */
export type BackendName = 'auto' | 'wasm' | 'gpu' | 'reference';

/**
 * Chooses the backend for tensors made from now on; tensors made before stay where they are.
 *
 * @param choice - a name, or a backend of your own making
 * @returns the backend now in use; its `info()` says what executes and what was refused
 * @throws {@link ArgumentError} for an unknown name
 * @throws {@link BackendError} where there is no such backend here; the one in use stays
 * @example
 * const backend = await useBackend('reference');
 * backend.info().mode // 'typescript'
 */
export async function useBackend(choice: BackendName | Backend): Promise<Backend> {
  current = typeof choice === 'string' ? await create(choice) : choice;
  return current;
}

async function create(name: BackendName): Promise<Backend> {
  switch (name) {
    case 'auto':
      return chooseBackend({ loadGpu: loadGpuPackage, createWasm: createWasmBackend, now: () => performance.now() });
    case 'wasm':
      return createWasmBackend();
    case 'gpu': {
      const createGpu = await loadGpuPackage();
      return createGpu({ mode: 'auto' });
    }
    case 'reference':
      return createReferenceBackend();
    default:
      throw new ArgumentError(
        'useBackend',
        `backend must be 'auto', 'wasm', 'gpu', 'reference' or a Backend, got ${String(name)}`,
      );
  }
}

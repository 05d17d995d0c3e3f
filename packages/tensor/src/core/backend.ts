import type { Backend } from '@dl/kernels';
import { ArgumentError, createReferenceBackend } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';

let current: Backend | undefined;

/** The backend on which new tensors are made. The first call makes the WebAssembly backend, if {@link useBackend} made no other choice. */
export function currentBackend(): Backend {
  current ??= createWasmBackend();
  return current;
}

/** The backends that {@link useBackend} knows by name. `auto` takes the fastest that runs here: today that is `wasm`. */
export type BackendName = 'auto' | 'wasm' | 'reference';

/**
 * Chooses the backend for tensors made from now on; tensors made before stay where they are.
 *
 * @param choice - a name, or a backend of your own making
 * @returns the backend now in use; its `info()` says what executes and what was refused
 * @throws {@link ArgumentError} for an unknown name
 * @example
 * const backend = await useBackend('reference');
 * backend.info().mode // 'typescript'
 */
export async function useBackend(choice: BackendName | Backend): Promise<Backend> {
  current = typeof choice === 'string' ? create(choice) : choice;
  return current;
}

function create(name: BackendName): Backend {
  switch (name) {
    case 'auto':
    case 'wasm':
      return createWasmBackend();
    case 'reference':
      return createReferenceBackend();
    default:
      throw new ArgumentError('useBackend', `backend must be 'auto', 'wasm', 'reference' or a Backend, got ${String(name)}`);
  }
}

import type { Backend } from '@dl/kernels';
import { useBackend } from '@dl/tensor';
import type { BackendChoice } from '../messages.ts';

const choices: { readonly [C in BackendChoice]: () => Promise<Backend> } = {
  auto: () => useBackend('auto'),
  webgpu: () => useGpu('webgpu'),
  webgl2: () => useGpu('webgl2'),
  wasm: () => useBackend('wasm'),
};

/**
 * Makes the backend and uses it for all tensors from now on.
 *
 * @throws BackendError where the browser cannot run it
 */
export function chooseBackend(choice: BackendChoice): Promise<Backend> {
  return choices[choice]();
}

async function useGpu(mode: 'webgpu' | 'webgl2'): Promise<Backend> {
  const { createGpuBackend } = await import('@dl/kernels-gpu');
  return useBackend(await createGpuBackend({ mode }));
}

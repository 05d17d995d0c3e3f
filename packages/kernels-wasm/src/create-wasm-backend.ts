import { ArgumentError, type Backend } from '@dl/kernels';
import { instantiateKernels } from './instantiate.ts';
import { WasmBackend } from './wasm-backend.ts';

/** What {@link createWasmBackend} may do and how much memory it may hold. */
export interface WasmBackendOptions {
  /** False keeps to plain SIMD, whose results have the same bits on every CPU. Default: true, where the runtime has it. */
  readonly relaxedSimd?: boolean | undefined;
  /** False keeps to a memory of one thread. Default: true, where the page may share memory. */
  readonly sharedMemory?: boolean | undefined;
  /** Bytes of blocks past which new results go to ordinary arrays. Default: 2 GiB; a 32-bit memory has 4 at most. */
  readonly memoryBudgetBytes?: number | undefined;
}

const defaultBudget = 2 ** 31;

/**
 * A backend that runs every kernel in WebAssembly SIMD, on one thread and in one pooled memory. It compiles when it is called,
 * in a few milliseconds, and needs neither a worker nor a file.
 *
 * @throws {@link BackendError} where the runtime has no WebAssembly or none with SIMD
 * @throws {@link ArgumentError} for a budget that is not a positive number
 * @example
 * const backend = createWasmBackend();
 * const x = { buffer: backend.upload(Float32Array.of(1, 4, 9), { shape: [3], dtype: 'float32' }), shape: [3], dtype: 'float32' } as const;
 * const y = { ...x, buffer: backend.run('unary', [x], { fn: 'sqrt' }, x) };
 * await backend.read(y) // Float32Array [1, 2, 3]
 */
export function createWasmBackend(options: WasmBackendOptions = {}): Backend {
  const { relaxedSimd = true, sharedMemory = true, memoryBudgetBytes = defaultBudget } = options;
  if (!(memoryBudgetBytes > 0)) {
    throw new ArgumentError('createWasmBackend', `memoryBudgetBytes must be positive, got ${memoryBudgetBytes}`);
  }
  return new WasmBackend(instantiateKernels({ relaxedSimd, sharedMemory }), memoryBudgetBytes);
}

import { ArgumentError, type Backend } from '@dl/kernels';
import { instantiateKernels } from './instantiate.ts';
import { hardwareConcurrency } from './threads/concurrency.ts';
import { mostThreads } from './threads/control.ts';
import { usualThresholds } from './threads/thresholds.ts';
import { WasmBackend } from './wasm-backend.ts';

/** What {@link createWasmBackend} may do and how much it may use. */
export interface WasmBackendOptions {
  /** False keeps to plain SIMD, whose results have the same bits on every CPU. Default: true, where the runtime has it. */
  readonly relaxedSimd?: boolean | undefined;
  /**
   * The most threads that compute, the caller among them. All others are workers, which start when there is work that is worth it and
   * join when they are up. Default: as many as the machine runs at once, 64 at most; 1 where memory cannot be shared.
   */
  readonly threads?: number | undefined;
  /** False keeps to a memory of one thread. Default: true, where the page may share memory. */
  readonly sharedMemory?: boolean | undefined;
  /**
   * False computes every convolution and its gradients as sums of products. Default: true, those 3 × 3 that gain by it go through
   * Winograd's F(4 × 4, 3 × 3): up to three times as fast, with errors up to 1e-4 of the results' root mean square.
   */
  readonly winograd?: boolean | undefined;
  /** Bytes of blocks past which new results go to ordinary arrays. Default: 2 GiB; a 32-bit memory has 4 at most. */
  readonly memoryBudgetBytes?: number | undefined;
  /** What was tried before this backend and refused, each with the reason: `info()` lists it before what this backend refuses. */
  readonly refused?: readonly string[] | undefined;
}

const defaultBudget = 2 ** 31;

/**
 * A backend that runs every kernel in WebAssembly SIMD, on all cores and in one pooled memory. It compiles when it is called,
 * in a few milliseconds, and needs no file. Its results have the same bits for any number of threads.
 *
 * @throws {@link BackendError} where the runtime has no WebAssembly or none with SIMD
 * @throws {@link ArgumentError} for a budget that is not a positive number, or a number of threads that is not in 1 to 64
 * @example
 * const backend = createWasmBackend();
 * const x = { buffer: backend.upload(Float32Array.of(1, 4, 9), { shape: [3], dtype: 'float32' }), shape: [3], dtype: 'float32' } as const;
 * const y = { ...x, buffer: backend.run('unary', [x], { fn: 'sqrt' }, x) };
 * await backend.read(y) // Float32Array [1, 2, 3]
 */
export function createWasmBackend(options: WasmBackendOptions = {}): Backend {
  const { relaxedSimd = true, sharedMemory = true, winograd = true, memoryBudgetBytes = defaultBudget } = options;
  if (!(memoryBudgetBytes > 0)) {
    throw new ArgumentError('createWasmBackend', `memoryBudgetBytes must be positive, got ${memoryBudgetBytes}`);
  }
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= mostThreads)) {
    throw new ArgumentError('createWasmBackend', `threads must be an integer from 1 to ${mostThreads}, got ${threads}`);
  }
  const instance = instantiateKernels({ relaxedSimd, sharedMemory });
  const refused = [...(options.refused ?? []), ...instance.refused];
  if (!instance.isShared && threads !== undefined && threads > 1) {
    refused.push(`threads: 1 instead of ${threads}, since the memory is not shared`);
  }
  const size = instance.isShared ? (threads ?? Math.min(hardwareConcurrency(), mostThreads)) : 1;
  return new WasmBackend({ ...instance, refused }, memoryBudgetBytes, size, usualThresholds, winograd);
}

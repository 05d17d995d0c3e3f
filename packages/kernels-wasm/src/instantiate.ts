import { BackendError } from '@dl/kernels';
import { decodeBase64 } from './base64.ts';
import type { KernelExports } from './generated/exports.generated.ts';
import { relaxedSimdModule } from './generated/relaxed-simd.generated.ts';
import { simdModule } from './generated/simd.generated.ts';
import { unshare } from './unshare.ts';

/** The most a 32-bit memory can have: 4 GiB. */
const maximumPages = 65536;

/** Kernels at work on a memory of their own. */
export interface KernelInstance {
  readonly exports: KernelExports;
  readonly memory: WebAssembly.Memory;
  readonly mode: 'wasm-simd' | 'wasm-relaxed-simd';
  /** What was hoped for and is not so here, each with the reason. */
  readonly refused: readonly string[];
}

/**
 * Compiles the best variant that this runtime takes, at once, and instantiates it.
 *
 * @param wishes - `relaxedSimd` and `sharedMemory` false do without them even where there are such
 * @throws {@link BackendError} where WebAssembly or its SIMD is missing
 */
export function instantiateKernels(wishes: { readonly relaxedSimd: boolean; readonly sharedMemory: boolean }): KernelInstance {
  if (typeof WebAssembly === 'undefined') {
    throw new BackendError(
      'createWasmBackend',
      'WebAssembly must be available, got a runtime without it (use the reference backend)',
    );
  }
  const refused: string[] = [];
  const memory = wishes.sharedMemory ? createSharedMemory(refused) : createPlainMemory();
  const isShared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const fit = (text: string) => (isShared ? decodeBase64(text) : unshare(decodeBase64(text)));
  if (wishes.relaxedSimd) {
    const bytes = fit(relaxedSimdModule);
    if (WebAssembly.validate(bytes)) return start(bytes, memory, 'wasm-relaxed-simd', refused);
    refused.push('relaxed SIMD: this runtime does not validate it (Node 20 does with --experimental-wasm-relaxed-simd)');
  }
  const bytes = fit(simdModule);
  if (WebAssembly.validate(bytes)) return start(bytes, memory, 'wasm-simd', refused);
  throw new BackendError(
    'createWasmBackend',
    'WebAssembly must have 128-bit SIMD, got a runtime without it (update it, or use the reference backend)',
  );
}

function start(
  bytes: Uint8Array<ArrayBuffer>,
  memory: WebAssembly.Memory,
  mode: KernelInstance['mode'],
  refused: readonly string[],
): KernelInstance {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const exports: object = instance.exports;
  // The interface was generated with the module.
  return { exports: exports as KernelExports, memory, mode, refused };
}

function createSharedMemory(refused: string[]): WebAssembly.Memory {
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: maximumPages, shared: true });
    if (typeof SharedArrayBuffer !== 'undefined') return memory;
    refused.push('shared memory: SharedArrayBuffer is unavailable (serve the page cross-origin isolated, with COOP and COEP)');
  } catch (error) {
    refused.push(`shared memory: ${error instanceof Error ? error.message : String(error)}`);
  }
  return createPlainMemory();
}

function createPlainMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: maximumPages });
}

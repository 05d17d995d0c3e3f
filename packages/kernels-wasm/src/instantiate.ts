import { BackendError } from '@dl/kernels';
import type { KernelExports } from './generated/exports.generated.ts';
import { kernelModules } from './kernel-modules.ts';
import { unshare } from './unshare.ts';

/** 4 GiB, which is all that 32-bit addresses reach, or what a small device may reserve. */
const maximumPages = [65536, 16384, 4096] as const;

/** Kernels at work on a memory of their own. */
export interface KernelInstance {
  readonly exports: KernelExports;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Whether threads may share the memory. */
  readonly isShared: boolean;
  readonly mode: 'wasm-simd' | 'wasm-relaxed-simd';
  /** What was hoped for and is not so here, each with the reason. */
  readonly refused: readonly string[];
}

/**
 * Compiles the best variant that this runtime takes, at once, and instantiates it.
 *
 * @param wishes - `relaxedSimd` and `sharedMemory` false do without them even where there are such
 * @throws {@link BackendError} where WebAssembly or its SIMD is missing, or no memory can be reserved
 */
export function instantiateKernels(wishes: { readonly relaxedSimd: boolean; readonly sharedMemory: boolean }): KernelInstance {
  if (typeof WebAssembly === 'undefined') {
    throw new BackendError(
      'createWasmBackend',
      'WebAssembly must be available, got a runtime without it (use the reference backend)',
    );
  }
  const refused: string[] = [];
  const isShared = wishes.sharedMemory && canShare(refused);
  const modules = kernelModules();
  const fit = (module: Uint8Array<ArrayBuffer>) => (isShared ? module : unshare(module));
  if (wishes.relaxedSimd) {
    const bytes = fit(modules.relaxedSimd);
    if (WebAssembly.validate(bytes)) return start(bytes, createMemory(isShared, refused), isShared, 'wasm-relaxed-simd', refused);
    refused.push('relaxed SIMD: this runtime does not validate it (Node 20 does with --experimental-wasm-relaxed-simd)');
  }
  const bytes = fit(modules.simd());
  if (WebAssembly.validate(bytes)) return start(bytes, createMemory(isShared, refused), isShared, 'wasm-simd', refused);
  throw new BackendError(
    'createWasmBackend',
    'WebAssembly must have 128-bit SIMD, got a runtime without it (update it, or use the reference backend)',
  );
}

function start(
  bytes: Uint8Array<ArrayBuffer>,
  memory: WebAssembly.Memory,
  isShared: boolean,
  mode: KernelInstance['mode'],
  refused: readonly string[],
): KernelInstance {
  const module = new WebAssembly.Module(bytes);
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const exports: object = instance.exports;
  // The interface was generated with the module.
  return { exports: exports as KernelExports, module, memory, isShared, mode, refused };
}

function canShare(refused: string[]): boolean {
  if (typeof SharedArrayBuffer !== 'undefined') return true;
  refused.push('shared memory: SharedArrayBuffer is unavailable (serve the page cross-origin isolated, with COOP and COEP)');
  return false;
}

function createMemory(shared: boolean, refused: string[]): WebAssembly.Memory {
  for (const maximum of maximumPages) {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared });
    } catch (error) {
      refused.push(`${maximum / 16} MiB of memory: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new BackendError('createWasmBackend', `memory must be reserved, got refusals (${refused.join('; ')})`);
}

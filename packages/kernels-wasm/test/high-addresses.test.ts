import { describe, expect, it } from 'vitest';
import { instantiateKernels } from '../src/instantiate.ts';
import { WasmBackend } from '../src/wasm-backend.ts';
import { kernelSuite } from './suite/kernel-suite.ts';

/** A backend whose heap begins where addresses are negative as 32-bit integers; the memory below is reserved, not used. */
function createHigh(): WasmBackend {
  const instance = instantiateKernels({ relaxedSimd: false, sharedMemory: true });
  return new WasmBackend({ ...instance, exports: { ...instance.exports, heapBase: () => 2 ** 31 + 64 } }, 2 ** 31);
}

describe('above 2 GiB', () => {
  it('is where buffers are', () => {
    expect(createHigh().stats().reservedBytes).toBeGreaterThan(2 ** 31);
  });

  kernelSuite(createHigh);
});

import { describe, expect, it } from 'vitest';
import { instantiateKernels } from '../src/instantiate.ts';
import { usualThresholds } from '../src/threads/thresholds.ts';
import { WasmBackend } from '../src/wasm-backend.ts';
import { kernelSuite } from './suite/kernel-suite.ts';
import { winogradSuite } from './suite/winograd.ts';

/** A backend whose heap begins where addresses are negative as 32-bit integers; the memory below is reserved, not used. */
function createHigh(winograd: boolean): WasmBackend {
  const instance = instantiateKernels({ relaxedSimd: false, sharedMemory: true });
  const exports = { ...instance.exports, heapBase: () => 2 ** 31 + 64 };
  return new WasmBackend({ ...instance, exports }, 2 ** 31, 1, usualThresholds, winograd);
}

describe('above 2 GiB', () => {
  it('is where buffers are', () => {
    expect(createHigh(true).stats().reservedBytes).toBeGreaterThan(2 ** 31);
  });

  kernelSuite(() => createHigh(false));
  winogradSuite(({ winograd } = { winograd: true }) => createHigh(winograd));
});

import { createWasmBackend, type WasmBackendOptions } from '@dl/kernels-wasm';
import { describe, expect, it } from 'vitest';
import { kernelSuite } from './suite/kernel-suite.ts';
import { winogradSuite } from './suite/winograd.ts';

describe('plain SIMD', () => {
  const create = (options?: WasmBackendOptions) => createWasmBackend({ relaxedSimd: false, ...options });

  it('is what runs', () => {
    expect(create().info()).toEqual({ name: 'wasm', mode: 'wasm-simd', threads: 1, refused: [] });
  });

  kernelSuite(() => create({ winograd: false }));
  winogradSuite(create);
});

import { createWasmBackend } from '@dl/kernels-wasm';
import { describe, expect, it } from 'vitest';
import { kernelSuite } from './suite/kernel-suite.ts';

describe('plain SIMD', () => {
  const create = () => createWasmBackend({ relaxedSimd: false });

  it('is what runs', () => {
    expect(create().info()).toEqual({ name: 'wasm', mode: 'wasm-simd', threads: 1, refused: [] });
  });

  kernelSuite(create);
});

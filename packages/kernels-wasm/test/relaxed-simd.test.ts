import { setFlagsFromString } from 'node:v8';
import { createWasmBackend } from '@dl/kernels-wasm';
import { describe, expect, it } from 'vitest';
import { kernelSuite } from './suite/kernel-suite.ts';

// Behind a flag in Node 20 and on in later ones. Each test file has a process of its own.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

describe('relaxed SIMD', () => {
  it('is what runs', () => {
    expect(createWasmBackend().info()).toEqual({ name: 'wasm', mode: 'wasm-relaxed-simd', threads: 1, refused: [] });
  });

  kernelSuite(createWasmBackend);
});

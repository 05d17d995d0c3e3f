import { setFlagsFromString } from 'node:v8';
import { createWasmBackend } from '@dl/kernels-wasm';
import { describe, expect, it } from 'vitest';
import { allJoined, createEager } from './suite/eager.ts';
import { kernelSuite } from './suite/kernel-suite.ts';
import { runRandomKernel } from './suite/random-kernels.ts';
import { Twins } from './suite/twins.ts';
import { winogradSuite } from './suite/winograd.ts';

// Behind a flag in Node 20 and on in later ones. Each test file has a process of its own.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

describe('relaxed SIMD', () => {
  it('is what runs', () => {
    expect(createWasmBackend().info()).toEqual({ name: 'wasm', mode: 'wasm-relaxed-simd', threads: 1, refused: [] });
  });

  kernelSuite(() => createWasmBackend({ winograd: false }));
  winogradSuite(createWasmBackend);

  it('gives the same bits on several threads', async () => {
    const many = createEager(2, true);
    await allJoined(many, 2);
    const twins = new Twins(createEager(1, true), many);
    for (let seed = 0; seed < 300; seed++) await runRandomKernel(twins, seed);
    expect(many.info()).toEqual({ name: 'wasm', mode: 'wasm-relaxed-simd', threads: 2, refused: [] });
    twins.dispose();
  });
});

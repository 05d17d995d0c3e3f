import { createWasmBackend } from '@dl/kernels-wasm';
import { records } from '@dl/testing';
import { describeBackend, describeConformance, loadGolden } from '@dl/testing/suites';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { allJoined, createEager } from './suite/eager.ts';

const golden = await loadGolden();
const mode = 'wasm-relaxed-simd';

if (inject('isolated')) describe('a page that is cross-origin isolated', describeIsolated);
else describe('a page that is not cross-origin isolated', describeOther);

function describeIsolated(): void {
  const backend = createEager(2, true);
  beforeAll(() => allJoined(backend, 2));

  it('shares memory, and may not wait on it', () => {
    expect(crossOriginIsolated).toBe(true);
    expect(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1)).toThrow(TypeError);
    expect(backend.info()).toEqual({ name: 'wasm', mode, threads: 2, refused: [] });
  });

  it('outlasts a worker that has long tasks, awake', () => {
    const square = { shape: [768, 768], dtype: 'float32' } as const;
    const x = { ...square, buffer: backend.run('fill', [], { value: 1 }, square) };
    for (let i = 0; i < 50; i++) {
      backend.release(backend.run('matmul', [x, x], { transposeA: false, transposeB: false }, square));
    }
    backend.release(x.buffer);
    expect(backend.info()).toMatchObject({ threads: 2, refused: [] });
  });

  describeBackend(() => createEager(2, true));
  describeConformance(backend, { records, golden, mode, threads: 2 });
}

function describeOther(): void {
  it('computes on one thread, and says why', () => {
    expect(crossOriginIsolated).toBe(false);
    const { threads, refused } = createWasmBackend({ threads: 2 }).info();
    expect(threads).toBe(1);
    expect(refused).toEqual([
      'shared memory: SharedArrayBuffer is unavailable (serve the page cross-origin isolated, with COOP and COEP)',
      'threads: 1 instead of 2, since the memory is not shared',
    ]);
  });

  describeBackend(createWasmBackend);
  describeConformance(createWasmBackend(), { records, golden, mode, threads: 1 });
}

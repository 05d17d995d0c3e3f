import { ArgumentError, type Backend, type TypedArray } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { allJoined, createEager } from './suite/eager.ts';
import { kernelSuite } from './suite/kernel-suite.ts';
import { runRandomKernel } from './suite/random-kernels.ts';
import { Twins } from './suite/twins.ts';

const { Worker: RealWorker } = process.getBuiltinModule('node:worker_threads');
const workerThreads: { Worker: typeof RealWorker } = process.getBuiltinModule('node:worker_threads');
type Worker = InstanceType<typeof RealWorker>;

// As the soak of @dl/testing, which holds whole ops against the reference.
const [soakOps, soakSeed] = [Number(process.env.DL_SOAK_OPS ?? 2000), Number(process.env.DL_SOAK_SEED ?? 0)];

const square = { shape: [160, 160], dtype: 'float32' } as const;
const values = Float32Array.from({ length: 25_600 }, (_, i) => Math.sin(i));

/** A product that is cut into many tasks. */
function multiply(backend: Backend): Promise<TypedArray> {
  const x = { ...square, buffer: backend.upload(values, square) };
  const y = { ...square, buffer: backend.run('matmul', [x, x], { transposeA: false, transposeB: true }, square) };
  const result = backend.read(y);
  backend.release(x.buffer);
  backend.release(y.buffer);
  return result;
}

/** Workers that keep no process alive. */
const unreferenced = new WeakSet<Worker>();

/** Keeps what `startWorker` makes, or has it make other workers. */
function watchWorkers(source?: string): Worker[] {
  const workers: Worker[] = [];
  class Watched extends RealWorker {
    constructor(text: string | URL, options?: import('node:worker_threads').WorkerOptions) {
      super(source ?? text, options);
      workers.push(this);
    }

    override unref(): void {
      super.unref();
      unreferenced.add(this);
    }
  }
  workerThreads.Worker = Watched;
  return workers;
}

function ended(worker: Worker): Promise<unknown> {
  return new Promise((resolve) => worker.once('exit', resolve));
}

afterEach(() => {
  workerThreads.Worker = RealWorker;
});

for (const threads of [2, 3]) {
  describe(`${threads} threads give the bits of one`, () => {
    const many = createEager(threads);
    const twins = new Twins(createEager(1), many);

    beforeAll(() => allJoined(many, threads));
    afterAll(() => {
      expect(many.info()).toMatchObject({ threads, refused: [] });
      twins.dispose();
    });

    kernelSuite(() => twins);

    it('in a soak of random kernels', { timeout: 600_000 }, async () => {
      const { buffers } = twins.stats();
      for (let seed = 0; seed < soakOps; seed++) await runRandomKernel(twins, soakSeed + seed + threads * 100_000);
      expect(twins.stats().buffers).toBe(buffers);
    });

    it('in many small kernels in a row', async () => {
      const spec = { shape: [2500], dtype: 'float32' } as const;
      let x = { ...spec, buffer: twins.upload(new Float32Array(2500).fill(0.5), spec) };
      for (let i = 0; i < 5000; i++) {
        const y = { ...spec, buffer: twins.run('unary', [x], { fn: i % 2 ? 'exp' : 'log' }, spec) };
        twins.release(x.buffer);
        x = y;
      }
      await twins.read(x);
      twins.release(x.buffer);
    });

    it('while the memory grows', async () => {
      const held = [];
      for (let i = 1; i <= 12; i++) {
        const spec = { shape: [i * 300_000], dtype: 'float32' } as const;
        const x = { ...spec, buffer: twins.run('fill', [], { value: i }, spec) };
        held.push(x.buffer, twins.run('cast', [x], {}, { ...spec, dtype: 'uint8' }));
        const y = { ...spec, buffer: twins.run('copyStrided', [x], { offset: 0, strides: [1] }, spec) };
        held.push(y.buffer);
        expect((await twins.read(y)).every((value) => value === i)).toBe(true);
      }
      for (const buffer of held) twins.release(buffer);
    });
  });
}

describe('workers', () => {
  it('start when there is work that is worth it, and join', async () => {
    const workers = watchWorkers();
    const backend = createWasmBackend({ threads: 2 });
    expect(backend.info().threads).toBe(1);
    await multiply(backend);
    expect(workers).toHaveLength(0);
    for (let i = 0; i < 200 && workers.length === 0; i++) await multiply(backend);
    expect(workers).toHaveLength(1);
    expect(unreferenced.has(workers[0])).toBe(true);
    await vi.waitUntil(() => backend.info().threads === 2, { timeout: 20_000 });
    const gone = ended(workers[0]);
    backend.dispose();
    await gone;
    expect(backend.info()).toMatchObject({ threads: 1 });
  });

  it('are none with one thread', async () => {
    const workers = watchWorkers();
    const backend = createEager(1);
    for (let i = 0; i < 20; i++) await multiply(backend);
    expect(workers).toHaveLength(0);
    expect(backend.info().threads).toBe(1);
  });

  it('are of one backend each', async () => {
    const backends = [createEager(2), createEager(2), createEager(3)];
    const want = await multiply(createEager(1));
    await Promise.all(backends.map((backend, i) => allJoined(backend, i < 2 ? 2 : 3)));
    for (let i = 0; i < 50; i++) for (const backend of backends) expect(await multiply(backend)).toEqual(want);
    backends[0].dispose();
    expect(await multiply(backends[1])).toEqual(want);
    for (const backend of backends.slice(1)) {
      expect(backend.info().refused).toEqual([]);
      backend.dispose();
    }
  });

  it('are done without where memory is not shared', async () => {
    const workers = watchWorkers();
    const backend = createWasmBackend({ threads: 2, sharedMemory: false, relaxedSimd: false });
    for (let i = 0; i < 50; i++) await multiply(backend);
    expect(workers).toHaveLength(0);
    expect(backend.info()).toMatchObject({ threads: 1, refused: ['threads: 1 instead of 2, since the memory is not shared'] });
  });

  it('must be a number of them', () => {
    for (const threads of [0, 1.5, 65, Number.NaN]) {
      expect(() => createWasmBackend({ threads })).toThrow(
        new ArgumentError('createWasmBackend', `threads must be an integer from 1 to 64, got ${threads}`),
      );
    }
  });

  it('are done without where the platform refuses them', async () => {
    const refuse = (): never => {
      throw new Error('no more threads');
    };
    workerThreads.Worker = class extends RealWorker {
      constructor() {
        super(refuse());
      }
    };
    const backend = createEager(3);
    expect(await multiply(backend)).toEqual(await multiply(createEager(1)));
    expect(await multiply(backend)).toEqual(await multiply(createEager(1)));
    expect(backend.info()).toMatchObject({ threads: 1, refused: ['thread 2: no more threads'] });
  });
});

describe('a worker that dies', () => {
  it('is given up', async () => {
    const workers = watchWorkers();
    const backend = createEager(3);
    const want = await multiply(createEager(1));
    await allJoined(backend, 3);
    await workers[0].terminate();
    expect(await multiply(backend)).toEqual(want);
    expect(backend.info()).toMatchObject({ threads: 2, refused: ['thread 2: it exited with code 1'] });
    await workers[1].terminate();
    expect(await multiply(backend)).toEqual(want);
    expect(backend.info()).toMatchObject({ threads: 1 });
    backend.dispose();
  });

  it('at any moment leaves the result right', async () => {
    const want = await multiply(createEager(1));
    for (let round = 0; round < 10; round++) {
      const workers = watchWorkers();
      const backend = createEager(2);
      await allJoined(backend, 2);
      for (let i = 0; i < 40; i++) {
        if (i === 5 + round) void workers[0].terminate();
        expect(await multiply(backend)).toEqual(want);
      }
      await vi.waitUntil(() => backend.info().threads === 1, { timeout: 20_000 });
      expect(backend.info().refused).toHaveLength(1);
      backend.dispose();
    }
  });

  it('with a task in its hands leaves the result right', async () => {
    // Claims the first task that it sees and ends.
    watchWorkers(`
      const { memory, block, slot } = require('node:worker_threads').workerData;
      const words = new Int32Array(memory.buffer, block, 256);
      const ticket = new BigInt64Array(memory.buffer, block, 1);
      Atomics.store(words, 128 + slot, 1);
      for (;;) {
        const seen = Atomics.load(ticket, 0);
        const hasTask = (seen & 0xffffn) < ((seen >> 16n) & 0xffffn);
        if (hasTask && Atomics.compareExchange(ticket, 0, seen, seen + 1n) === seen) process.exit(3);
      }
    `);
    const want = await multiply(createEager(1));
    const backend = createEager(2);
    for (let i = 0; i < 1000 && backend.info().refused.length === 0; i++) expect(await multiply(backend)).toEqual(want);
    const lost = 'threads: a worker ended or hung at work (its work was done again; there is one thread from now on)';
    expect(backend.info()).toEqual({ name: 'wasm', mode: 'wasm-simd', threads: 1, refused: [lost] });
    for (let i = 0; i < 10; i++) expect(await multiply(backend)).toEqual(want);
    backend.dispose();
  });
});

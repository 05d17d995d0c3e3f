import { ArgumentError, type Backend, type TypedArray } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { instantiateKernels } from '../src/instantiate.ts';
import { usualThresholds } from '../src/threads/thresholds.ts';
import { WasmBackend } from '../src/wasm-backend.ts';
import { allJoined, createEager } from './suite/eager.ts';
import { kernelSuite } from './suite/kernel-suite.ts';
import { largeFusedCalls } from './suite/large-fused.ts';
import { runRandomKernel } from './suite/random-kernels.ts';
import { Twins } from './suite/twins.ts';

const { Worker: RealWorker } = process.getBuiltinModule('node:worker_threads');
const workerThreads: { Worker: typeof RealWorker } = process.getBuiltinModule('node:worker_threads');
type Worker = InstanceType<typeof RealWorker>;

// As the soak of @dl/testing, which holds whole ops against the reference.
const [soakOps, soakSeed] = [Number(process.env.DL_SOAK_OPS ?? 2000), Number(process.env.DL_SOAK_SEED ?? 0)];

const square = { shape: [160, 160], dtype: 'float32' } as const;
const values = Float32Array.from({ length: 25_600 }, (_, i) => Math.sin(i));

const many = Float32Array.from({ length: 102_400 }, (_, i) => Math.cos(i));

/** A product that is cut into many tasks. */
function multiply(backend: Backend): Promise<TypedArray> {
  const x = { ...square, buffer: backend.upload(values, square) };
  const y = { ...square, buffer: backend.run('matmul', [x, x], { transposeA: false, transposeB: true }, square) };
  const result = backend.read(y);
  backend.release(x.buffer);
  backend.release(y.buffer);
  return result;
}

/** A fused kernel with three outputs, in jobs of several tasks. */
async function normalize(backend: Backend): Promise<readonly TypedArray[]> {
  const [image, vector] = [
    { shape: [40, 5, 512], dtype: 'float32' },
    { shape: [5], dtype: 'float32' },
  ] as const;
  const x = { ...image, buffer: backend.upload(many, image) };
  const w = { ...vector, buffer: backend.upload(values.slice(0, 5), vector) };
  const outs = [image, vector, vector];
  const buffers = backend.runFused('batchNorm', [x, w, w], { eps: 1e-3 }, outs);
  const results = await Promise.all(buffers.map((buffer, i) => backend.read({ ...outs[i], buffer })));
  for (const buffer of [x.buffer, w.buffer, ...buffers]) backend.release(buffer);
  return results;
}

/** As `toEqual`, which takes most of a test's time where it is asked for thousands of large arrays. */
function expectSame(got: TypedArray | readonly TypedArray[], want: TypedArray | readonly TypedArray[]): void {
  if (Buffer.compare(bytesOf(got), bytesOf(want)) !== 0) expect(got).toEqual(want);
}

function bytesOf(result: TypedArray | readonly TypedArray[]): Buffer {
  const parts = ArrayBuffer.isView(result) ? [result] : result;
  return Buffer.concat(parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)));
}

const works = [
  ['a product', multiply],
  ['a fused kernel', normalize],
] as const;

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

    it.each(largeFusedCalls())('in $name', async ({ inputs, run }) => {
      const uploaded = inputs.map((input) => ({ ...input, buffer: twins.upload(input.data, input) }));
      for (let i = 0; i < 3; i++) await run(twins, uploaded);
      for (const { buffer } of uploaded) twins.release(buffer);
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
  it.each(works)('start when there is work that is worth it, and join: %s', async (_, work) => {
    const workers = watchWorkers();
    const backend = createWasmBackend({ threads: 2 });
    expect(backend.info().threads).toBe(1);
    await work(backend);
    expect(workers).toHaveLength(0);
    for (let i = 0; i < 500 && workers.length === 0; i++) await work(backend);
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
    for (let i = 0; i < 50; i++) for (const backend of backends) expectSame(await multiply(backend), want);
    backends[0].dispose();
    expectSame(await multiply(backends[1]), want);
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

it('a worker that is slow to finish is left out for ever longer times', async () => {
  // Claims tasks as if it had lost its core at once, and says so.
  const workers = watchWorkers(`
    const { parentPort, workerData: { memory, block, slot } } = require('node:worker_threads');
    const words = new Int32Array(memory.buffer, block, 256);
    const ticket = new BigInt64Array(memory.buffer, block, 1);
    const pause = new Int32Array(new SharedArrayBuffer(4));
    Atomics.store(words, 128 + slot, 1);
    for (;;) {
      const seen = Atomics.load(ticket, 0);
      const hasTask = (seen & 0xffffn) < ((seen >> 16n) & 0xffffn);
      if (!hasTask || Atomics.compareExchange(ticket, 0, seen, seen + 1n) !== seen) continue;
      parentPort.postMessage('claimed');
      Atomics.wait(pause, 0, 0, 20);
      Atomics.add(words, 16, 1);
      Atomics.notify(words, 16);
    }
  `);
  const instance = instantiateKernels({ relaxedSimd: false, sharedMemory: true });
  const backend = new WasmBackend(instance, 2 ** 31, 2, { ...usualThresholds, sharing: 0, starting: 0 });
  while (workers.length === 0) await multiply(backend);
  let claims = 0;
  workers[0].on('message', () => claims++);
  await vi.waitUntil(() => backend.info().threads === 2, { timeout: 20_000 });
  const end = performance.now() + 20_000;
  while (claims === 0 && performance.now() < end) {
    await multiply(backend);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  for (let i = 0; i < 2000; i++) await multiply(backend);
  await new Promise((resolve) => setTimeout(resolve, 100));
  // About 0.3 s of work: pauses of 2, 4, and so on to 128 ms.
  expect(claims).toBeGreaterThan(0);
  expect(claims).toBeLessThan(20);
  backend.dispose();
});

describe('a worker that dies', () => {
  it('is given up', async () => {
    const workers = watchWorkers();
    const backend = createEager(3);
    const want = await multiply(createEager(1));
    await allJoined(backend, 3);
    await workers[0].terminate();
    expectSame(await multiply(backend), want);
    expect(backend.info()).toMatchObject({ threads: 2, refused: ['thread 2: it exited with code 1'] });
    await workers[1].terminate();
    expectSame(await multiply(backend), want);
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
        expectSame(await multiply(backend), want);
      }
      await vi.waitUntil(() => backend.info().threads === 1, { timeout: 20_000 });
      expect(backend.info().refused).toHaveLength(1);
      backend.dispose();
    }
  });

  it.each(works)('with a task in its hands leaves the result right: %s', async (_, work) => {
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
    const want = await work(createEager(1));
    const backend = createEager(2);
    for (let i = 0; i < 1000 && backend.info().refused.length === 0; i++) expectSame(await work(backend), want);
    const lost = 'threads: a worker ended or hung at work (its work was done again; there is one thread from now on)';
    expect(backend.info()).toEqual({ name: 'wasm', mode: 'wasm-simd', threads: 1, refused: [lost] });
    for (let i = 0; i < 10; i++) expectSame(await work(backend), want);
    backend.dispose();
  });
});

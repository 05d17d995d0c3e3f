import { type Backend, BackendError, type DType, dtypes, type KernelInput, philoxWords } from '@dl/kernels';
import { afterAll, describe, expect, it } from 'vitest';
import { host, numbers, spec } from '../backend/host.ts';
import { place } from '../backend/run-case.ts';

/** Checks what the contract says of buffers: copies, reference counts, statistics, and what is refused. */
export function describeContract(create: () => Backend): void {
  describe('contract', () => {
    const backend = create();
    const owed = dtypes.filter((dtype) => backend.supports('copyStrided', dtype));
    afterAll(() => backend.dispose());

    it('says what it is', () => {
      const { name, mode, threads } = backend.info();
      expect(name).toBe(backend.name);
      expect(mode).not.toBe('');
      expect(threads).toBeGreaterThanOrEqual(1);
    });

    it.each(owed)('reads back %s as it was uploaded', (dtype) => checkRoundTrip(backend, dtype));

    it('copies what is uploaded and what is read', async () => {
      const data = Float32Array.of(1, 2, 3);
      const x = place(backend, { ...spec([3]), data });
      data.fill(0);
      (await backend.read(x)).fill(9);
      expect(await backend.read(x)).toEqual(Float32Array.of(1, 2, 3));
      backend.release(x.buffer);
    });

    it('keeps a block while one reference is left', async () => {
      const before = backend.stats();
      const x = place(backend, numbers([100]));
      backend.retain(x.buffer);
      backend.release(x.buffer);
      expect(await backend.read(x)).toEqual(numbers([100]).data);
      expect(backend.stats()).toMatchObject({ buffers: before.buffers + 1, bytes: before.bytes + 400 });
      backend.release(x.buffer);
      expect(backend.stats()).toMatchObject({ buffers: before.buffers, bytes: before.bytes });
    });

    it('remembers its peak, and reserves no less than it holds', () => {
      const large = place(backend, numbers([5000]));
      expect(backend.stats().reservedBytes).toBeGreaterThanOrEqual(backend.stats().bytes);
      const { peakBytes } = backend.stats();
      expect(peakBytes).toBeGreaterThanOrEqual(20000);
      backend.release(large.buffer);
      expect(backend.stats().peakBytes).toBe(peakBytes);
    });

    it('keeps an offloaded buffer readable and usable', async () => {
      const before = backend.stats();
      const x = place(backend, host([], 'float32', [3]));
      backend.offload(x.buffer);
      const y: KernelInput = { ...spec([]), buffer: backend.run('unary', [x], { fn: 'square' }, spec([])) };
      expect(await backend.read(y)).toEqual(Float32Array.of(9));
      expect(await backend.read(x)).toEqual(Float32Array.of(3));
      backend.release(x.buffer);
      backend.release(y.buffer);
      expect(backend.stats()).toMatchObject({ buffers: before.buffers, bytes: before.bytes });
    });

    it('refuses a buffer of another backend of its kind', async () => {
      const stranger = create();
      const x = place(stranger, numbers([3]));
      expect(() => backend.run('unary', [x], { fn: 'neg' }, spec([3]))).toThrow(BackendError);
      await expect(async () => backend.read(x)).rejects.toThrow(BackendError);
      expect(() => backend.retain(x.buffer)).toThrow(BackendError);
      expect(() => backend.release(x.buffer)).toThrow(BackendError);
      stranger.dispose();
    });

    it.skipIf(backend.supports('matmul', 'int32'))('refuses a dtype that it does not support', () => {
      const x = place(backend, numbers([2, 2], 'int32'));
      const attrs = { transposeA: false, transposeB: false };
      expect(() => backend.run('matmul', [x, x], attrs, spec([2, 2], 'int32'))).toThrow(BackendError);
      backend.release(x.buffer);
    });

    it('refuses a fused kernel that it does not have', () => {
      const x = place(backend, numbers([2, 2], 'int32'));
      expect(backend.fuses('softmax', 'int32')).toBe(false);
      expect(() => backend.runFused('softmax', [x], { axis: 1 }, [x])).toThrow(BackendError);
      backend.release(x.buffer);
    });

    it('takes one buffer as two inputs', async () => {
      const x = place(backend, host([3], 'float32', [1, 2, 3]));
      const y: KernelInput = { ...spec([3]), buffer: backend.run('binary', [x, x], { fn: 'mul' }, spec([3])) };
      expect(await backend.read(y)).toEqual(Float32Array.of(1, 4, 9));
      backend.release(x.buffer);
      backend.release(y.buffer);
    });

    it('keeps blocks apart while they come and go in any order', () => checkAllocation(backend));

    it('has finished all work after sync', async () => {
      await expect(backend.sync()).resolves.toBeUndefined();
    });

    it('lets handles that outlive it be released', () => {
      const short = create();
      const x = place(short, numbers([3]));
      short.dispose();
      expect(() => short.release(x.buffer)).not.toThrow();
      expect(short.stats()).toMatchObject({ buffers: 0, bytes: 0 });
    });

    it('holds nothing when everything is released', () => {
      expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0 });
    });
  });
}

async function checkRoundTrip(backend: Backend, dtype: DType): Promise<void> {
  for (const shape of [[], [0, 3], [1], [3, 5], [2, 3, 1, 7]]) {
    const data = numbers(shape, dtype);
    const x = place(backend, data);
    const read = await backend.read(x);
    expect(read.constructor).toBe(data.data.constructor);
    expect(read).toEqual(data.data);
    backend.release(x.buffer);
  }
}

/** Replaces blocks of many sizes in a fixed pseudorandom order, and checks that each still holds what was put into it. */
async function checkAllocation(backend: Backend): Promise<void> {
  const before = backend.stats();
  const words = philoxWords([3, 5], 0, 900);
  const live = new Map<number, { readonly x: KernelInput; readonly seed: number }>();
  for (let i = 0; i < words.length; i += 3) {
    const slot = words[i] % 40;
    const old = live.get(slot);
    if (old !== undefined) {
      expect(await backend.read(old.x)).toEqual(numbers(old.x.shape, 'float32', old.seed).data);
      backend.release(old.x.buffer);
    }
    const shape = [words[i + 1] % 2 ** (words[i + 2] % 12)];
    live.set(slot, { x: place(backend, numbers(shape, 'float32', i)), seed: i });
  }
  for (const { x, seed } of live.values()) {
    expect(await backend.read(x)).toEqual(numbers(x.shape, 'float32', seed).data);
    backend.release(x.buffer);
  }
  expect(backend.stats()).toMatchObject({ buffers: before.buffers, bytes: before.bytes });
}

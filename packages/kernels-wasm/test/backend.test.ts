import { ArgumentError, BackendError, createReferenceBackend, dtypes, type KernelName, requiredDTypes } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLayoutSuite } from './suite/create-layout.ts';

const row = { shape: [3], dtype: 'float32' } as const;
const kilobytes = { shape: [1024], dtype: 'float32' } as const;

function setUp() {
  const backend = createWasmBackend();
  return { backend, x: { ...row, buffer: backend.upload(Float32Array.of(1, 4, 9), row) } };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the wasm backend', () => {
  it('does what every backend owes, and no more', () => {
    const { backend } = setUp();
    for (const kernel of Object.keys(requiredDTypes) as KernelName[]) {
      for (const dtype of dtypes) expect(backend.supports(kernel, dtype)).toBe(requiredDTypes[kernel].includes(dtype));
    }
  });

  it('copies in and out', async () => {
    const backend = createWasmBackend();
    const data = Float32Array.of(1, 2, 3);
    const x = { ...row, buffer: backend.upload(data, row) };
    data.fill(0);
    const first = await backend.read(x);
    expect(first.buffer).toBeInstanceOf(ArrayBuffer);
    first.fill(7);
    expect(await backend.read(x)).toEqual(Float32Array.of(1, 2, 3));
  });

  it('refuses data that does not fill its shape, and float64', () => {
    const { backend, x } = setUp();
    expect(() => backend.upload(Float32Array.of(1, 2), row)).toThrow(
      new ArgumentError('upload', 'data must fill the shape, got 2 elements and [3]'),
    );
    const double = { shape: [3], dtype: 'float64' } as const;
    expect(() => backend.upload(new Float64Array(3), double)).toThrow(
      new BackendError('upload', 'dtype must not be float64 on the wasm backend, got float64'),
    );
    const message = 'dtype must be one of float32, int32, uint8, bool on the wasm backend, got float64 (cast first)';
    expect(() => backend.run('cast', [x], {}, double)).toThrow(new BackendError('cast', message));
    expect(() => backend.run('fill', [], { value: 1 }, double)).toThrow(new BackendError('fill', message));
    expect(() => backend.run('matmul', [{ ...x, dtype: 'int32' }], { transposeA: false, transposeB: false }, row)).toThrow(
      'matmul: dtype must be one of float32 on the wasm backend, got int32 (cast first)',
    );
  });

  it('counts references and bytes', () => {
    const { backend, x } = setUp();
    const y = backend.run('unary', [x], { fn: 'sqrt' }, row);
    expect(y.bytes).toBe(12);
    expect(backend.stats()).toMatchObject({ buffers: 2, bytes: 24, peakBytes: 24 });
    backend.retain(y);
    backend.release(y);
    expect(backend.stats().buffers).toBe(2);
    backend.release(y);
    backend.release(x.buffer);
    expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0, peakBytes: 24 });
  });

  it('refuses buffers that were released, or are of another backend', async () => {
    const { backend, x } = setUp();
    const reference = createReferenceBackend();
    const foreign = [reference.upload(Float32Array.of(1, 2, 3), row), setUp().x.buffer];
    backend.release(x.buffer);
    const released = 'buffers must be live and of this wasm backend, got one that was released';
    expect(() => backend.release(x.buffer)).toThrow(new BackendError('release', released));
    expect(() => backend.retain(x.buffer)).toThrow(new BackendError('retain', released));
    expect(() => backend.offload(x.buffer)).toThrow(new BackendError('offload', released));
    expect(() => backend.run('unary', [x], { fn: 'neg' }, row)).toThrow(new BackendError('unary', released));
    await expect(backend.read(x)).rejects.toThrow(new BackendError('read', released));
    for (const buffer of foreign) {
      expect(() => backend.release(buffer)).toThrow(
        'release: buffers must be live and of this wasm backend, got one of another backend',
      );
    }
  });

  it('is of no use once disposed', () => {
    const { backend, x } = setUp();
    backend.dispose();
    const message = 'the backend must not be disposed, got a disposed wasm backend';
    expect(() => backend.run('unary', [x], { fn: 'neg' }, row)).toThrow(new BackendError('unary', message));
    expect(() => backend.upload(new Float32Array(3), row)).toThrow(new BackendError('upload', message));
    expect(() => backend.release(x.buffer)).not.toThrow();
    expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0, reservedBytes: 0 });
  });

  it('reuses blocks: a thousand steps take no more memory than one', () => {
    const { backend, x } = setUp();
    const step = () => backend.release(backend.run('fill', [], { value: 1 }, { shape: [100_000], dtype: 'float32' }));
    step();
    const { reservedBytes } = backend.stats();
    for (let i = 0; i < 1000; i++) step();
    expect(backend.stats()).toMatchObject({ buffers: 1, bytes: x.buffer.bytes, reservedBytes });
  });

  it('keeps elements where they are while the memory grows around them', async () => {
    for (const sharedMemory of [true, false]) {
      const backend = createWasmBackend({ sharedMemory });
      const x = {
        ...kilobytes,
        buffer: backend.upload(
          Float32Array.from({ length: 1024 }, (_, i) => i),
          kilobytes,
        ),
      };
      const before = backend.stats().reservedBytes;
      const large = { shape: [4096, 2048], dtype: 'float32' } as const;
      const strides = { offset: 0, strides: [0, 0] };
      const y = { ...large, buffer: backend.run('copyStrided', [x], strides, large) };
      expect(backend.stats().reservedBytes).toBeGreaterThan(before);
      const sums = { shape: [2048], dtype: 'float32' } as const;
      const sum = { ...sums, buffer: backend.run('reduce', [y], { fn: 'sum', axes: [0] }, sums) };
      expect(await backend.read(sum)).toEqual(new Float32Array(2048));
      expect((await backend.read(x))[1023]).toBe(1023);
    }
  });
});

describe('offload', () => {
  it('moves a small buffer out of the heap, where kernels still find it', async () => {
    const { backend, x } = setUp();
    backend.offload(x.buffer);
    expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0 });
    // Its block is free: the next buffer of the size takes it.
    const y = { ...row, buffer: backend.upload(Float32Array.of(7, 7, 7), row) };
    expect(await backend.read(x)).toEqual(Float32Array.of(1, 4, 9));
    const sum = { ...row, buffer: backend.run('binary', [x, y], { fn: 'add' }, row) };
    expect(await backend.read(sum)).toEqual(Float32Array.of(8, 11, 16));
    expect(backend.stats().buffers).toBe(2);
  });

  it('is counted as offloaded once, and can be released', () => {
    const { backend, x } = setUp();
    backend.offload(x.buffer);
    backend.offload(x.buffer);
    expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0 });
    backend.release(x.buffer);
    expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0 });
    expect(() => backend.release(x.buffer)).toThrow(BackendError);
  });

  it('leaves large buffers in the heap', () => {
    const backend = createWasmBackend();
    backend.offload(backend.upload(new Float32Array(1024), kilobytes));
    expect(backend.stats().buffers).toBe(1);
  });
});

describe('past the memory budget', () => {
  it('results go to ordinary arrays, with one warning, and kernels take them from there', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const backend = createWasmBackend({ memoryBudgetBytes: 64 << 10 });
    let x = { ...kilobytes, buffer: backend.upload(new Float32Array(1024), kilobytes) };
    const one = { shape: [], dtype: 'float32' } as const;
    const step = { ...one, buffer: backend.upload(Float32Array.of(1), one) };
    // A loop that leaks: 4 KiB a turn, and none released.
    for (let i = 0; i < 3000; i++) x = { ...kilobytes, buffer: backend.run('binary', [x, step], { fn: 'add' }, kilobytes) };
    expect(await backend.read(x)).toEqual(new Float32Array(1024).fill(3000));
    expect(backend.stats().buffers).toBe(3002);
    expect(backend.stats().reservedBytes).toBeLessThan(8 << 20);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0][0]).toContain('live buffers fill the memory budget of 65536 bytes');
  });

  it('uploads do too, and releasing makes room again', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const backend = createWasmBackend({ memoryBudgetBytes: 4096 });
    const first = backend.upload(new Float32Array(1024), kilobytes);
    const spilled = { ...kilobytes, buffer: backend.upload(new Float32Array(1024).fill(5), kilobytes) };
    expect(warn).toHaveBeenCalledOnce();
    expect(await backend.read(spilled)).toEqual(new Float32Array(1024).fill(5));
    backend.release(first);
    backend.release(spilled.buffer);
    expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0, peakBytes: 8192 });
  });

  it('refuses a budget that is none', () => {
    expect(() => createWasmBackend({ memoryBudgetBytes: 0 })).toThrow(
      new ArgumentError('createWasmBackend', 'memoryBudgetBytes must be positive, got 0'),
    );
    expect(() => createWasmBackend({ memoryBudgetBytes: Number.NaN })).toThrow(ArgumentError);
  });
});

describe('what a runtime lacks', () => {
  it('is said of relaxed SIMD, unless it was not asked for', () => {
    const { validate } = WebAssembly;
    let calls = 0;
    vi.spyOn(WebAssembly, 'validate').mockImplementation((bytes) => calls++ > 0 && validate(bytes));
    expect(createWasmBackend().info()).toMatchObject({
      mode: 'wasm-simd',
      refused: ['relaxed SIMD: this runtime does not validate it (Node 20 does with --experimental-wasm-relaxed-simd)'],
    });
    expect(createWasmBackend({ relaxedSimd: false }).info().refused).toEqual([]);
  });

  it('comes after what was refused before this backend was tried', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const { refused } = createWasmBackend({ relaxedSimd: false, refused: ['webgpu: no adapter'] }).info();
    expect(refused).toEqual(['webgpu: no adapter', expect.stringContaining('shared memory: ')]);
  });

  it('is an error of SIMD and WebAssembly', () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(() => createWasmBackend()).toThrow(
      'createWasmBackend: WebAssembly must have 128-bit SIMD, got a runtime without it (update it, or use the reference backend)',
    );
    vi.stubGlobal('WebAssembly', undefined);
    expect(() => createWasmBackend()).toThrow(
      'createWasmBackend: WebAssembly must be available, got a runtime without it (use the reference backend)',
    );
  });

  it('is made do without where memory cannot be shared', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const { backend, x } = setUp();
    expect(backend.info().refused).toContain(
      'shared memory: SharedArrayBuffer is unavailable (serve the page cross-origin isolated, with COOP and COEP)',
    );
    const y = { ...row, buffer: backend.run('unary', [x], { fn: 'sqrt' }, row) };
    expect(await backend.read(y)).toEqual(Float32Array.of(1, 2, 3));
  });

  it('is made do without where little memory may be reserved', () => {
    const { Memory } = WebAssembly;
    vi.stubGlobal('WebAssembly', {
      ...{ validate: WebAssembly.validate, Module: WebAssembly.Module, Instance: WebAssembly.Instance },
      Memory: class extends Memory {
        constructor(limits: WebAssembly.MemoryDescriptor) {
          if ((limits.maximum ?? 0) > 4096) throw new RangeError('could not allocate memory');
          super(limits);
        }
      },
    });
    const { refused } = createWasmBackend({ relaxedSimd: false }).info();
    expect(refused).toEqual(['4096 MiB of memory: could not allocate memory', '1024 MiB of memory: could not allocate memory']);
  });
});

describe('a memory that is not shared', () => {
  createLayoutSuite(() => createWasmBackend({ sharedMemory: false }));
});

import {
  ArgumentError,
  BackendError,
  createReferenceBackend,
  dtypes,
  type KernelName,
  requiredDTypes,
  type TensorSpec,
} from '@dl/kernels';
import { describe, expect, it } from 'vitest';

const spec: TensorSpec = { shape: [3], dtype: 'float32' };

function setUp() {
  const backend = createReferenceBackend();
  return { backend, x: { ...spec, buffer: backend.upload(Float32Array.of(1, 4, 9), spec) } };
}

describe('the reference backend', () => {
  it('says what it is', () => {
    expect(createReferenceBackend().info()).toEqual({ name: 'reference', mode: 'typescript', threads: 1, refused: [] });
  });

  it('does what every backend owes, and float64', () => {
    const backend = createReferenceBackend();
    for (const kernel of Object.keys(requiredDTypes) as KernelName[]) {
      for (const dtype of dtypes) {
        expect(backend.supports(kernel, dtype)).toBe(dtype === 'float64' || requiredDTypes[kernel].includes(dtype));
      }
    }
  });

  it('refuses a dtype that it does not support, whichever input carries it', () => {
    const { backend } = setUp();
    const byte = { shape: [1], dtype: 'uint8' } as const;
    const index = { shape: [1], dtype: 'int32' } as const;
    const src = { ...byte, buffer: backend.upload(Uint8Array.of(1), byte) };
    const place = { ...index, buffer: backend.upload(Int32Array.of(0), index) };
    expect(() => backend.run('scatterAdd', [place, src], { axis: 0 }, byte)).toThrow(BackendError);
    expect(() => backend.run('iota', [], { start: 0, step: 1 }, byte)).toThrow(
      'iota: dtype must be one of float32, int32, float64 on the reference backend, got uint8 (cast first)',
    );
  });

  it('copies in and out', async () => {
    const backend = createReferenceBackend();
    const data = Float32Array.of(1, 2, 3);
    const x = { ...spec, buffer: backend.upload(data, spec) };
    data.fill(0);
    const first = await backend.read(x);
    first.fill(7);
    expect(await backend.read(x)).toEqual(Float32Array.of(1, 2, 3));
    expect(() => backend.upload(data, { shape: [2, 2], dtype: 'float32' })).toThrow(
      new ArgumentError('upload', 'data must fill the shape, got 3 elements and [2, 2]'),
    );
  });

  it('reads a buffer as whatever shape its input has', async () => {
    const { backend, x } = setUp();
    const row = { ...x, shape: [1, 3] };
    const sums = { shape: [3], dtype: 'float32' } as const;
    const y = { ...sums, buffer: backend.run('reduce', [row], { fn: 'sum', axes: [0] }, sums) };
    expect(await backend.read(y)).toEqual(Float32Array.of(1, 4, 9));
  });

  it('counts references and bytes', () => {
    const { backend, x } = setUp();
    const y = backend.run('unary', [x], { fn: 'sqrt' }, spec);
    expect(y.bytes).toBe(12);
    expect(backend.stats()).toEqual({ buffers: 2, bytes: 24, peakBytes: 24, reservedBytes: 24 });
    backend.retain(y);
    backend.release(y);
    expect(backend.stats().buffers).toBe(2);
    backend.release(y);
    backend.release(x.buffer);
    expect(backend.stats()).toEqual({ buffers: 0, bytes: 0, peakBytes: 24, reservedBytes: 0 });
  });

  it('refuses a buffer that was released', async () => {
    const { backend, x } = setUp();
    backend.release(x.buffer);
    const rule = 'buffers must be live and of this reference backend, got one that was released, or of another reference backend';
    expect(() => backend.release(x.buffer)).toThrow(new BackendError('release', rule));
    expect(() => backend.retain(x.buffer)).toThrow(new BackendError('retain', rule));
    expect(() => backend.offload(x.buffer)).toThrow(new BackendError('offload', rule));
    expect(() => backend.run('unary', [x], { fn: 'sqrt' }, spec)).toThrow(new BackendError('unary', rule));
    await expect(backend.read(x)).rejects.toThrow(new BackendError('read', rule));
  });

  it('refuses a buffer of another backend', () => {
    const { x } = setUp();
    const { backend } = setUp();
    expect(() => backend.run('unary', [x], { fn: 'sqrt' }, spec)).toThrow(BackendError);
    const foreign = { ...spec, buffer: { bytes: 12 } };
    const message = 'unary: buffers must be live and of this reference backend, got one of another backend';
    expect(() => backend.run('unary', [foreign], { fn: 'sqrt' }, spec)).toThrow(message);
  });

  it('keeps nothing of a kernel that threw', () => {
    const { backend, x } = setUp();
    expect(() => backend.run('unary', [x, { ...x, buffer: { bytes: 0 } }], { fn: 'sqrt' }, spec)).toThrow(BackendError);
    expect(backend.stats().buffers).toBe(1);
  });

  it('keeps what is offloaded', async () => {
    const { backend, x } = setUp();
    backend.offload(x.buffer);
    await backend.sync();
    expect(await backend.read(x)).toEqual(Float32Array.of(1, 4, 9));
  });

  it('forgets everything when it is disposed', () => {
    const { backend, x } = setUp();
    backend.dispose();
    expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0 });
    expect(() => backend.retain(x.buffer)).toThrow(BackendError);
  });
});

import { ArgumentError, BackendError, createReferenceBackend, type KernelInput, type TensorSpec } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { createGpuBackend, type GpuMode } from '../src/index.ts';

const flat = (length: number): TensorSpec => ({ shape: [length], dtype: 'float32' });

describe.each(['webgpu', 'webgl2'] as const)('%s', (mode) => {
  it('describes what executes', async () => {
    const backend = await createGpuBackend({ mode, refused: ['something: a reason'] });
    const x = { ...flat(5), buffer: backend.run('fill', [], { value: 2 }, flat(5)) };
    backend.run('unary', [x], { fn: 'exp' }, flat(5));
    const info = backend.info();
    expect(info).toMatchObject({ name: 'gpu', mode, threads: 1, software: true, strictNumerics: false, programs: 2 });
    expect(info.refused).toEqual(['something: a reason']);
    expect(info.adapter).toMatch(/swiftshader/i);
    expect(info.compileMs).toBeGreaterThan(0);
    expect(info.onHost.join()).toMatch(/randomBits/);
    backend.dispose();
  });

  it('sums more elements than fit a row of a texture, and loops more than a thousand times', async () => {
    const backend = await createGpuBackend({ mode });
    for (const length of [1001, 4096 * 4 + 1, 1_000_003]) {
      const x = {
        ...flat(length),
        buffer: backend.upload(
          Float32Array.from({ length }, (_, i) => i % 7),
          flat(length),
        ),
      };
      const sum = { ...flat(1), buffer: backend.run('reduce', [x], { fn: 'sum', axes: [0] }, { shape: [], dtype: 'float32' }) };
      const expected = Array.from({ length }, (_, i) => i % 7).reduce((a, b) => a + b, 0);
      expect((await backend.read({ ...sum, shape: [] }))[0]).toBe(expected);
      const row = { shape: [1, length], dtype: 'float32' } as const;
      const column = { shape: [length, 1], dtype: 'float32' } as const;
      const one = { shape: [1, 1], dtype: 'float32' } as const;
      const ones = { ...column, buffer: backend.run('fill', [], { value: 1 }, column) };
      const product = backend.run('matmul', [{ ...x, ...row }, ones], { transposeA: false, transposeB: false }, one);
      expect((await backend.read({ ...one, buffer: product }))[0]).toBe(expected);
    }
    backend.dispose();
  });

  it('reads back each element of a prime number of them', async () => {
    const backend = await createGpuBackend({ mode });
    const spec = flat(1_000_003);
    const data = Float32Array.from({ length: 1_000_003 }, (_, i) => i);
    const x = { ...spec, buffer: backend.upload(data, spec) };
    const y = { ...spec, buffer: backend.run('copyStrided', [x], { offset: 1_000_002, strides: [-1] }, spec) };
    expect(await backend.read(y)).toEqual(data.reverse());
    backend.dispose();
  });

  it('keeps NaN and infinities through what tests use them for', async () => {
    const backend = await createGpuBackend({ mode });
    const special = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -1);
    const x = { ...flat(5), buffer: backend.upload(special, flat(5)) };
    const reference = createReferenceBackend();
    const own: KernelInput = { ...flat(5), buffer: reference.upload(special, flat(5)) };
    for (const fn of ['relu', 'exp', 'log', 'sqrt', 'tanh', 'sigmoid', 'sign'] as const) {
      const got = await backend.read({ ...flat(5), buffer: backend.run('unary', [x], { fn }, flat(5)) });
      const wanted = await reference.read({ ...flat(5), buffer: reference.run('unary', [own], { fn }, flat(5)) });
      for (const [i, value] of wanted.entries()) {
        if (Number.isFinite(value)) expect(got[i], `${fn} of ${special[i]}`).toBeCloseTo(value, 5);
        else expect(got[i], `${fn} of ${special[i]}`).toBe(value);
      }
    }
    backend.dispose();
  });

  it('computes on the host what needs all bits of an integer, in order with the device', async () => {
    const backend = await createGpuBackend({ mode });
    const ints = { shape: [3], dtype: 'int32' } as const;
    const x = { ...flat(3), buffer: backend.upload(Float32Array.of(1.5, -2.5, 3e9), flat(3)) };
    const cast = { ...ints, buffer: backend.run('cast', [x], {}, ints) };
    const large = { ...ints, buffer: backend.upload(Int32Array.of(2 ** 24 + 1, 7, -2), ints) };
    const sum = { ...ints, buffer: backend.run('binary', [cast, large], { fn: 'add' }, ints) };
    const back = { ...flat(3), buffer: backend.run('cast', [sum], {}, flat(3)) };
    backend.release(cast.buffer);
    expect(await backend.read(sum)).toEqual(Int32Array.of(2 ** 24 + 2, 5, 2 ** 31 - 3));
    expect(await backend.read(back)).toEqual(Float32Array.of(2 ** 24 + 2, 5, 2 ** 31 - 3));
    for (const { buffer } of [x, large, sum, back]) backend.release(buffer);
    expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0 });
    backend.dispose();
  });

  it('keeps all bits of an integer that is still being computed when it is used', async () => {
    const backend = await createGpuBackend({ mode });
    const ints = { shape: [3], dtype: 'int32' } as const;
    const x = { ...flat(3), buffer: backend.upload(Float32Array.of(1, 2, 3), flat(3)) };
    const small = { ...ints, buffer: backend.run('cast', [x], {}, ints) };
    const large = { ...ints, buffer: backend.upload(Int32Array.of(2 ** 24, 2 ** 25, 2 ** 30), ints) };
    const sum = { ...ints, buffer: backend.run('binary', [small, large], { fn: 'add' }, ints) };
    const turned = { ...ints, buffer: backend.run('copyStrided', [sum], { offset: 2, strides: [-1] }, ints) };
    expect(await backend.read(turned)).toEqual(Int32Array.of(2 ** 30 + 3, 2 ** 25 + 2, 2 ** 24 + 1));
    backend.dispose();
  });

  it('gives memory back while launches that use it are still to be handed in', async () => {
    const backend = await createGpuBackend({ mode });
    const lengths = Array.from({ length: 9 }, (_, i) => (i + 1) << 20);
    const lasts = lengths.map((length) => {
      const filled = { ...flat(length), buffer: backend.run('fill', [], { value: length }, flat(length)) };
      const last = backend.run('copyStrided', [filled], { offset: length - 1, strides: [1] }, flat(1));
      backend.release(filled.buffer);
      return { ...flat(1), buffer: last };
    });
    const read = await Promise.all(lasts.map((last) => backend.read(last)));
    expect(read.map(([value]) => value)).toEqual(lengths);
    backend.dispose();
  });

  it('holds no more after many rounds than after the first few', async () => {
    const backend = await createGpuBackend({ mode });
    const matrix = { shape: [50, 30], dtype: 'float32' } as const;
    const x = { ...matrix, buffer: backend.upload(new Float32Array(1500).fill(0.5), matrix) };
    let after = 0;
    for (let round = 0; round < 1000; round++) {
      const y = { ...matrix, buffer: backend.run('unary', [x], { fn: 'tanh' }, matrix) };
      const z = { ...matrix, buffer: backend.run('binary', [x, y], { fn: 'mul' }, matrix) };
      const s = backend.run('reduce', [z], { fn: 'sum', axes: [0, 1] }, { shape: [], dtype: 'float32' });
      for (const buffer of [y.buffer, z.buffer, s]) backend.release(buffer);
      if (round === 10) after = backend.stats().reservedBytes;
    }
    await backend.sync();
    expect(backend.stats()).toMatchObject({ buffers: 1, bytes: 6000, reservedBytes: after });
    backend.dispose();
  });
});

it('refuses modes that it does not know or cannot have', async () => {
  await expect(createGpuBackend({ mode: 'cuda' as GpuMode })).rejects.toThrow(ArgumentError);
  await expect(createGpuBackend({ mode: 'headlessgl' })).rejects.toThrow(ArgumentError);
  const gpu = { requestAdapter: async () => null } as Pick<GPU, 'requestAdapter'> as GPU;
  await expect(createGpuBackend({ mode: 'webgpu', gpu })).rejects.toThrow(BackendError);
});

it('takes WebGL2 where WebGPU is refused, and says why', async () => {
  const gpu = { requestAdapter: async () => null } as Pick<GPU, 'requestAdapter'> as GPU;
  const backend = await createGpuBackend({ gpu });
  expect(backend.info()).toMatchObject({ mode: 'webgl2', refused: [expect.stringContaining('no adapter')] });
  backend.dispose();
});

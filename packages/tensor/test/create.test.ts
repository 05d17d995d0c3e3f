import { createReferenceBackend } from '@dl/kernels';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  arange,
  eye,
  full,
  fullLike,
  linspace,
  ones,
  onesLike,
  Rng,
  tensor,
  useBackend,
  zeros,
  zerosLike,
} from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

describe('linspace', () => {
  it('has both ends exact, is monotonic and symmetric', async () => {
    const ends = fc.float({ min: -1000, max: 1000, noNaN: true });
    await fc.assert(
      fc.asyncProperty(ends, ends, fc.integer({ min: 2, max: 60 }), async (start, stop, count) => {
        const values = await linspace(start, stop, count, { dtype: 'float64' }).data();
        const back = await linspace(stop, start, count, { dtype: 'float64' }).data();
        expect([values.length, values[0] === start, values[count - 1] === stop]).toEqual([count, true, true]);
        for (let i = 1; i < count; i++)
          expect(Math.sign(values[i] - values[i - 1]) * Math.sign(stop - start)).toBeGreaterThanOrEqual(0);
        for (let i = 0; i < count; i++) expect(Math.abs(values[i] - back[count - 1 - i])).toBeLessThan(1e-10);
      }),
    );
  });
});

describe('arange', () => {
  it('stops before stop, and no sooner', async () => {
    const number = fc.integer({ min: -50, max: 50 });
    await fc.assert(
      fc.asyncProperty(number, number, number, async (start, stop, step) => {
        fc.pre(step !== 0);
        const expected: number[] = [];
        for (let x = start; step > 0 ? x < stop : x > stop; x += step) expected.push(x);
        expect(await arange(start, stop, { step, dtype: 'int32' }).array()).toEqual(expected);
      }),
    );
  });
});

describe('creation', () => {
  it('takes a backend besides the current one', () => {
    const backend = createReferenceBackend();
    const made = [
      zeros([2], { backend }),
      ones([2], { backend }),
      full([2], 3, { backend }),
      eye(2, 2, { backend }),
      arange(3, { backend }),
      linspace(0, 1, 3, { backend }),
      tensor([1], { backend }),
      new Rng(0).uniform([2], { backend }),
    ];
    expect(made.every((x) => x.backend === backend)).toBe(true);
    expect([zerosLike, onesLike].every((like) => like(made[0]).backend === backend)).toBe(true);
    expect(fullLike(made[0], 5).backend).toBe(backend);
  });

  it('does not share the shape with the caller', () => {
    const shape = [2, 3];
    const made = [zeros(shape), ones(shape), full(shape, 1), new Rng(0).uniform(shape), new Rng(0).normal(shape)];
    shape[0] = 7;
    expect(made.map((x) => x.shape)).toEqual(made.map(() => [2, 3]));
  });

  it('leaves nothing behind but the tensor', () => {
    const backend = createReferenceBackend();
    const make = [
      () => arange(5, { dtype: 'uint8', backend }),
      () => new Rng(0).uniform([4], { low: -1, backend }),
      () => new Rng(0).bernoulli([4], { backend }),
      () => new Rng(0).normal([3], { backend }),
    ];
    for (const each of make) each().dispose();
    expect(backend.stats().buffers).toBe(0);
  });
});

describe('tensor', () => {
  it('takes dtypes from the values', () => {
    const dtypes = [
      tensor([1, 2]),
      tensor([true]),
      tensor([true, 2]),
      tensor(new Float64Array(1)),
      tensor(new Uint8ClampedArray(1)),
      tensor(new Uint8Array(1)),
      tensor(new Int16Array(1)),
      tensor(3),
      tensor(false),
    ].map(({ dtype }) => dtype);
    expect(dtypes).toEqual(['float32', 'bool', 'float32', 'float32', 'uint8', 'uint8', 'int32', 'float32', 'bool']);
  });

  it('takes shapes from the nesting', () => {
    expect([tensor(1), tensor([]), tensor([[], []]), tensor([[[1], [2]]])].map(({ shape }) => shape)).toEqual([
      [],
      [0],
      [2, 0],
      [1, 2, 1],
    ]);
  });

  it('converts as cast does', async () => {
    const values = [Number.NaN, -1.9, 300, 3e9];
    expect(await tensor(values, { dtype: 'int32' }).array()).toEqual([0, -1, 300, 2147483647]);
    expect(await tensor(values, { dtype: 'uint8' }).array()).toEqual([0, 0, 255, 255]);
    expect(await tensor(values, { dtype: 'bool' }).array()).toEqual([1, 1, 1, 1]);
  });

  it('copies', async () => {
    const data = Float32Array.of(1, 2);
    const x = tensor(data);
    data[0] = 9;
    (await x.data())[1] = 9;
    expect(await x.array()).toEqual([1, 2]);
  });

  it.each([
    ['ragged rows', () => tensor([[1, 2], [3]]), 'tensor: rows must be equally long, got 1 and 2 at axis 1'],
    ['uneven depth', () => tensor([[1], 2]), 'tensor: rows must be nested equally deep, got a value at depth 1 of 2'],
    ['uneven depth, late', () => tensor([1, [2]]), 'tensor: rows must be equally long, got 1 and a value at axis 1'],
    ['too few values', () => tensor([1, 2, 3], { shape: [2, 2] }), 'tensor: values must fill the shape, got 3 values for [2, 2]'],
    [
      'a negative extent',
      () => tensor([], { shape: [-1, 0] }),
      'tensor: extents must be non-negative integers, got -1 (shape [-1, 0])',
    ],
    ['text', () => tensor(JSON.parse('["a"]')), 'tensor: values must be numbers or booleans, got string'],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

import fc from 'fast-check';
import type { Data } from 'ndarray';
import ndarray from 'ndarray';
import { beforeAll, describe, expect, it } from 'vitest';
import { ArgumentError, fromNdarray, useBackend } from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

const grid = ndarray(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3]);

describe('fromNdarray', () => {
  it('takes a contiguous array as it is', async () => {
    const x = fromNdarray(grid);
    expect(x.dtype).toBe('float32');
    expect(await x.array()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('takes transposed, stepped, flipped and cut views', async () => {
    expect(await fromNdarray(grid.transpose(1, 0)).array()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(await fromNdarray(grid.step(1, -2)).array()).toEqual([
      [3, 1],
      [6, 4],
    ]);
    expect(await fromNdarray(grid.lo(1, 1)).array()).toEqual([[5, 6]]);
    expect(await fromNdarray(grid.pick(null, 1)).array()).toEqual([2, 5]);
  });

  it('shows every element that the view shows, for any strides', async () => {
    const views = fc.record({
      shape: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
      strides: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
    });
    const data = Int32Array.from({ length: 41 }, (_, i) => 100 + i);
    await fc.assert(
      fc.asyncProperty(views, async ({ shape, strides }) => {
        const view = ndarray(data, shape, strides.slice(0, shape.length), 20);
        const expected = shape
          .reduce(
            (offsets, extent, axis) => offsets.flatMap((at) => Array.from({ length: extent }, (_, i) => at + i * strides[axis])),
            [20],
          )
          .map((at) => data[at]);
        const x = fromNdarray(view);
        expect(x.shape).toEqual(shape);
        expect([...(await x.data())]).toEqual(expected);
      }),
    );
  });

  it('is undone by toNdarray', async () => {
    const back = await fromNdarray(grid.transpose(1, 0)).toNdarray();
    expect(back.shape).toEqual([3, 2]);
    expect(back.get(2, 1)).toBe(6);
  });

  it.each<[string, Data, string]>([
    ['Uint8Array', new Uint8Array([1, 2]), 'uint8'],
    ['Uint8ClampedArray', new Uint8ClampedArray([1, 2]), 'uint8'],
    ['Int16Array', new Int16Array([1, 2]), 'int32'],
    ['Uint16Array', new Uint16Array([1, 2]), 'int32'],
    ['Float64Array', new Float64Array([1, 2]), 'float32'],
    ['plain array', [1, 2], 'float32'],
  ])('chooses the dtype of a %s as tensor does', async (_, data, dtype) => {
    const x = fromNdarray(ndarray(data, [2]));
    expect(x.dtype).toBe(dtype);
    expect([...(await x.data())]).toEqual([1, 2]);
  });

  it('takes storage with get and set', async () => {
    const values = [7, 8, 9];
    const store = {
      length: 3,
      get: (i: number) => values[i],
      set: (i: number, value: number) => {
        values[i] = value;
      },
    };
    expect(await fromNdarray(ndarray(store, [3])).array()).toEqual([7, 8, 9]);
  });

  it('converts to the dtype asked for', async () => {
    expect(await fromNdarray(ndarray(new Float64Array([-1.5, 300, 0]), [3]), { dtype: 'uint8' }).array()).toEqual([0, 255, 0]);
    expect(await fromNdarray(ndarray(new Float64Array([0.1]), [1]), { dtype: 'float64' }).array()).toEqual([0.1]);
    expect(await fromNdarray(ndarray(new Uint32Array([7]), [1]), { dtype: 'int32' }).array()).toEqual([7]);
  });

  it.each<[string, Data]>([
    ['uint32', new Uint32Array([1])],
    ['bigint64', new BigInt64Array([1n])],
  ])('refuses %s without a dtype', (name, data) => {
    const message = `fromNdarray: dtype must be given for elements that no dtype holds exactly, got ${name}`;
    expect(() => fromNdarray(ndarray(data, [1]))).toThrow(
      new ArgumentError('fromNdarray', message.slice('fromNdarray: '.length)),
    );
  });
});

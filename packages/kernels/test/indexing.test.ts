import { ArgumentError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryNumbers, dot, evaluate, type Numbers, numbers } from './helpers.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const x = numbers([1, 2, 3, 4, 5, 6], [2, 3]);

function index(data: readonly number[], shape: readonly number[] = [data.length]): Numbers {
  return numbers(data, shape, 'int32');
}

/** Indices below `extent` for a tensor of `shape`. */
function arbitraryIndex(shape: readonly number[], extent: number): fc.Arbitrary<Numbers> {
  const size = shape.reduce((product, value) => product * value, 1);
  return fc.array(fc.nat(extent - 1), { minLength: size, maxLength: size }).map((data) => index(data, shape));
}

describe('gather and scatterAdd', () => {
  it('pick along an axis', async () => {
    expect(await evaluate('gather', [x, index([1, 0, 1], [1, 3])], { axis: 0 }, [1, 3])).toEqual([4, 2, 6]);
    expect(await evaluate('gather', [x, index([2, 2, 0, 1], [2, 2])], { axis: 1 }, [2, 2])).toEqual([3, 3, 4, 5]);
    const bits = numbers([0, 1], [2], 'bool');
    expect(await evaluate('gather', [bits, index([1, 1, 0])], { axis: 0 }, [3])).toEqual([1, 1, 0]);
  });

  it('add up what meets', async () => {
    const src = numbers([1, 2, 3, 4], [2, 2]);
    expect(await evaluate('scatterAdd', [index([2, 2, 0, 1], [2, 2]), src], { axis: 1 }, [2, 3], 'float64')).toEqual([
      0, 0, 3, 3, 4, 0,
    ]);
    const ints = numbers([2 ** 31 - 1, 1], [2], 'int32');
    expect(await evaluate('scatterAdd', [index([0, 0]), ints], { axis: 0 }, [1], 'int32')).toEqual([-(2 ** 31)]);
  });

  it('take nothing', async () => {
    expect(await evaluate('gather', [x, index([], [0, 3])], { axis: 0 }, [0, 3])).toEqual([]);
    expect(await evaluate('scatterAdd', [index([], [0]), numbers([], [0])], { axis: 0 }, [2], 'float64')).toEqual([0, 0]);
  });

  it('refuse an index out of range', () => {
    const gather = () => evaluate('gather', [x, index([2, 0, 0], [1, 3])], { axis: 0 }, [1, 3]);
    expect(gather).toThrow(new ArgumentError('gather', 'indices must be in [0, 2), got 2'));
    const scatter = () => evaluate('scatterAdd', [index([-1]), numbers([1])], { axis: 0 }, [2], 'float64');
    expect(scatter).toThrow(new ArgumentError('scatterAdd', 'indices must be in [0, 2), got -1'));
  });

  it('are adjoint', async () => {
    const sample = fc.nat(2).chain((axis) => {
      const shape = [2, 3, 2];
      const picked = shape.with(axis, 4);
      return fc.record({
        axis: fc.constant(axis),
        a: arbitraryNumbers(shape),
        places: arbitraryIndex(picked, shape[axis]),
        b: arbitraryNumbers(picked),
      });
    });
    await fc.assert(
      fc.asyncProperty(sample, async ({ axis, a, places, b }) => {
        const gathered = await evaluate('gather', [a, places], { axis }, b.shape);
        const scattered = await evaluate('scatterAdd', [places, b], { axis }, a.shape, 'float64');
        expect(dot(gathered, b.data)).toBe(dot(a.data, scattered));
      }),
    );
  });
});

describe('indexSelect and indexAdd', () => {
  it('pick slices', async () => {
    expect(await evaluate('indexSelect', [x, index([1, 1, 0])], { axis: 0 }, [3, 3])).toEqual([4, 5, 6, 4, 5, 6, 1, 2, 3]);
    expect(await evaluate('indexSelect', [x, index([2])], { axis: 1 }, [2, 1])).toEqual([3, 6]);
    expect(await evaluate('indexSelect', [x, index([])], { axis: 1 }, [2, 0])).toEqual([]);
  });

  it('add slices up', async () => {
    expect(await evaluate('indexAdd', [index([1, 1]), x], { axis: 0 }, [3, 3], 'float64')).toEqual([0, 0, 0, 5, 7, 9, 0, 0, 0]);
    expect(await evaluate('indexAdd', [index([0, 2, 0]), x], { axis: 1 }, [2, 3], 'float64')).toEqual([4, 0, 2, 10, 0, 5]);
  });

  it('refuse an index out of range', () => {
    const select = () => evaluate('indexSelect', [x, index([3])], { axis: 1 }, [2, 1]);
    expect(select).toThrow(new ArgumentError('indexSelect', 'indices must be in [0, 3), got 3'));
    const add = () => evaluate('indexAdd', [index([0, -2]), x], { axis: 0 }, [2, 3], 'float64');
    expect(add).toThrow(new ArgumentError('indexAdd', 'indices must be in [0, 2), got -2'));
  });

  it('are adjoint', async () => {
    const sample = fc.tuple(fc.nat(2), fc.nat(5)).chain(([axis, m]) => {
      const shape = [2, 3, 2];
      return fc.record({
        axis: fc.constant(axis),
        a: arbitraryNumbers(shape),
        places: arbitraryIndex([m], shape[axis]),
        b: arbitraryNumbers(shape.with(axis, m)),
      });
    });
    await fc.assert(
      fc.asyncProperty(sample, async ({ axis, a, places, b }) => {
        const selected = await evaluate('indexSelect', [a, places], { axis }, b.shape);
        const added = await evaluate('indexAdd', [places, b], { axis }, a.shape, 'float64');
        expect(dot(selected, b.data)).toBe(dot(a.data, added));
      }),
    );
  });
});

describe('argsort', () => {
  it('is stable, and NaN is the largest', async () => {
    const values = numbers([2, nan, 1, 2, -infinity, nan]);
    expect(await evaluate('argsort', [values], { axis: 0, descending: false }, [6], 'int32')).toEqual([4, 2, 0, 3, 1, 5]);
    expect(await evaluate('argsort', [values], { axis: 0, descending: true }, [6], 'int32')).toEqual([1, 5, 0, 3, 2, 4]);
  });

  it('sorts along any axis, and int32 too', async () => {
    const grid = numbers([3, 1, 2, 2, 1, 3], [2, 3], 'int32');
    expect(await evaluate('argsort', [grid], { axis: 0, descending: false }, [2, 3])).toEqual([1, 0, 0, 0, 1, 1]);
    expect(await evaluate('argsort', [grid], { axis: 1, descending: false }, [2, 3])).toEqual([1, 2, 0, 1, 0, 2]);
    expect(await evaluate('argsort', [numbers([], [0, 2])], { axis: 0, descending: false }, [0, 2], 'int32')).toEqual([]);
  });

  it('gives a permutation that sorts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true })), async (values) => {
        const order = await evaluate('argsort', [numbers(values)], { axis: 0, descending: false }, [values.length], 'int32');
        expect(order.map((i) => values[i] + 0)).toEqual(values.map((value) => value + 0).sort((a, b) => a - b));
        expect(order.toSorted((a, b) => a - b)).toEqual(values.map((_, i) => i));
      }),
    );
  });
});

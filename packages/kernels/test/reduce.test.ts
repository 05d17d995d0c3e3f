import { BackendError, type DType, reduceShape } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryNumbers, evaluate, numbers } from './helpers.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const x = numbers([1, 2, 3, 4, 5, 6], [2, 3]);

describe('reduce', () => {
  it('folds over any axes, kept or dropped', async () => {
    expect(await evaluate('reduce', [x], { fn: 'sum', axes: [0] }, [3])).toEqual([5, 7, 9]);
    expect(await evaluate('reduce', [x], { fn: 'sum', axes: [1] }, [2, 1])).toEqual([6, 15]);
    expect(await evaluate('reduce', [x], { fn: 'prod', axes: [0, 1] }, [])).toEqual([720]);
    expect(await evaluate('reduce', [x], { fn: 'max', axes: [1] }, [2])).toEqual([3, 6]);
    expect(await evaluate('reduce', [x], { fn: 'min', axes: [0] }, [1, 3])).toEqual([1, 2, 3]);
    expect(await evaluate('reduce', [x], { fn: 'sum', axes: [] }, [2, 3])).toEqual(x.data);
  });

  it.each(['min', 'max'] as const)('%s keeps NaN', async (fn) => {
    expect(await evaluate('reduce', [numbers([1, nan, 2, 3], [2, 2])], { fn, axes: [1] }, [2])).toEqual([
      nan,
      fn === 'min' ? 2 : 3,
    ]);
  });

  it('gives the identity for nothing', async () => {
    const empty = (fn: 'sum' | 'prod' | 'min' | 'max', dtype: DType) =>
      evaluate('reduce', [numbers([], [0, 2], dtype)], { fn, axes: [0] }, [2], dtype);
    expect(await empty('sum', 'float32')).toEqual([0, 0]);
    expect(await empty('prod', 'float32')).toEqual([1, 1]);
    expect(await empty('min', 'float32')).toEqual([infinity, infinity]);
    expect(await empty('max', 'float32')).toEqual([-infinity, -infinity]);
    expect(await empty('max', 'bool')).toEqual([0, 0]);
    expect(await empty('min', 'bool')).toEqual([1, 1]);
    expect(await empty('min', 'int32')).toEqual([2 ** 31 - 1, 2 ** 31 - 1]);
    expect(await empty('max', 'uint8')).toEqual([0, 0]);
    expect(await evaluate('reduce', [numbers([], [0, 2])], { fn: 'sum', axes: [1] }, [0])).toEqual([]);
  });

  it('rounds a float32 sum once, at the end', async () => {
    const many = numbers(new Array(10_000).fill(0.1), [10_000], 'float32');
    expect(await evaluate('reduce', [many], { fn: 'sum', axes: [0] }, [])).toEqual([Math.fround(10_000 * Math.fround(0.1))]);
  });

  it('wraps int32, and takes bytes for extremes only', async () => {
    const ints = numbers([2 ** 31 - 1, 3], [2], 'int32');
    expect(await evaluate('reduce', [ints], { fn: 'sum', axes: [0] }, [])).toEqual([-(2 ** 31) + 2]);
    expect(await evaluate('reduce', [ints], { fn: 'prod', axes: [0] }, [])).toEqual([2 ** 31 - 3]);
    const bits = numbers([1, 0], [2], 'bool');
    expect(await evaluate('reduce', [bits], { fn: 'max', axes: [0] }, [])).toEqual([1]);
    expect(await evaluate('reduce', [bits], { fn: 'min', axes: [0] }, [])).toEqual([0]);
    const sum = () => evaluate('reduce', [bits], { fn: 'sum', axes: [0] }, []);
    expect(sum).toThrow(BackendError);
    expect(sum).toThrow('reduce sum: dtype must be arithmetic, got bool (cast the input first)');
  });

  it('sums in any order of axes alike', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNumbers([2, 3, 2]), fc.subarray([0, 1, 2]), async (tensor, axes) => {
        const at = [reduceShape(tensor.shape, axes, false), reduceShape(tensor.shape, axes, true)];
        const [dropped, kept] = await Promise.all(at.map((shape) => evaluate('reduce', [tensor], { fn: 'sum', axes }, shape)));
        expect(dropped).toEqual(kept);
        let step = { data: tensor.data, shape: tensor.shape, dtype: tensor.dtype };
        for (const axis of axes) {
          const shape = reduceShape(step.shape, [axis], true);
          step = { ...step, data: await evaluate('reduce', [step], { fn: 'sum', axes: [axis] }, shape), shape };
        }
        expect(step.data).toEqual(kept);
      }),
    );
  });
});

describe('argReduce', () => {
  it('gives the first extreme, and NaN wins', async () => {
    const rows = numbers([1, 3, 3, 2, nan, nan, 0, 0, 1], [3, 3]);
    expect(await evaluate('argReduce', [rows], { fn: 'max', axis: 1 }, [3], 'int32')).toEqual([1, 1, 2]);
    expect(await evaluate('argReduce', [rows], { fn: 'min', axis: 1 }, [3], 'int32')).toEqual([0, 1, 0]);
    expect(await evaluate('argReduce', [rows], { fn: 'max', axis: 0 }, [1, 3], 'int32')).toEqual([1, 1, 1]);
  });

  it('takes int32 and infinities', async () => {
    const ints = numbers([-(2 ** 31), 2 ** 31 - 1], [2], 'int32');
    expect(await evaluate('argReduce', [ints], { fn: 'max', axis: 0 }, [], 'int32')).toEqual([1]);
    expect(await evaluate('argReduce', [numbers([infinity, -infinity])], { fn: 'min', axis: 0 }, [], 'int32')).toEqual([1]);
  });
});

describe('cumulativeSum', () => {
  it.each([
    [0, false, false, [1, 2, 3, 5, 7, 9]],
    [1, false, false, [1, 3, 6, 4, 9, 15]],
    [1, true, false, [0, 1, 3, 0, 4, 9]],
    [1, false, true, [6, 5, 3, 15, 11, 6]],
    [1, true, true, [5, 3, 0, 11, 6, 0]],
  ])('along axis %i, exclusive %o, reverse %o', async (axis, exclusive, reverse, y) => {
    expect(await evaluate('cumulativeSum', [x], { axis, exclusive, reverse }, [2, 3])).toEqual(y);
  });

  it('takes empty axes and wraps int32', async () => {
    const attrs = { axis: 0, exclusive: false, reverse: false };
    expect(await evaluate('cumulativeSum', [numbers([], [0, 3])], attrs, [0, 3])).toEqual([]);
    expect(await evaluate('cumulativeSum', [numbers([2 ** 31 - 1, 1], [2], 'int32')], attrs, [2])).toEqual([
      2 ** 31 - 1,
      -(2 ** 31),
    ]);
  });
});

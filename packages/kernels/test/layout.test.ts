import { concatShape, sizeOf } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryNumbers, dot, evaluate, numbers } from './helpers.ts';

const x = numbers([1, 2, 3, 4, 5, 6], [2, 3]);

describe('copyStrided', () => {
  it.each([
    ['transposes', [3, 2], 0, [1, 3], [1, 4, 2, 5, 3, 6]],
    ['expands', [2, 2, 3], 0, [0, 3, 1], [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]],
    ['slices with a step', [2, 2], 0, [3, 2], [1, 3, 4, 6]],
    ['flips', [2, 3], 5, [-3, -1], [6, 5, 4, 3, 2, 1]],
    ['takes the diagonal', [2], 0, [4], [1, 5]],
    ['takes one element', [], 4, [], [5]],
    ['takes nothing', [0, 3], 0, [3, 1], []],
  ])('%s', async (_, shape, offset, strides, y) => {
    expect(await evaluate('copyStrided', [x], { offset, strides }, shape)).toEqual(y);
  });

  it('keeps every dtype', async () => {
    for (const dtype of ['float32', 'int32', 'uint8', 'bool'] as const) {
      expect(await evaluate('copyStrided', [numbers([0, 1], [2], dtype)], { offset: 1, strides: [-1] }, [2])).toEqual([1, 0]);
    }
  });
});

describe('pad', () => {
  it('puts a value around', async () => {
    const y = [9, 9, 9, 9, 9, 9, 1, 2, 3, 9, 9, 4, 5, 6, 9];
    expect(await evaluate('pad', [x], { before: [1, 1], step: [1, 1], value: 9 }, [3, 5])).toEqual(y);
  });

  it('spreads elements out', async () => {
    const y = [0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0];
    expect(await evaluate('pad', [x], { before: [1, 0], step: [2, 1], value: 0 }, [5, 4])).toEqual(y);
  });

  it('makes something of nothing', async () => {
    expect(await evaluate('pad', [numbers([], [0])], { before: [1], step: [1], value: -1 }, [2])).toEqual([-1, -1]);
    expect(await evaluate('pad', [numbers([7], [])], { before: [], step: [], value: -1 }, [])).toEqual([7]);
  });

  it('is the adjoint of a strided slice', async () => {
    const geometry = fc.record({
      extents: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      before: fc.tuple(fc.nat(2), fc.nat(2)),
      step: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      after: fc.tuple(fc.nat(2), fc.nat(2)),
    });
    const sample = geometry.chain(({ extents, before, step, after }) => {
      const full = extents.map((extent, i) => before[i] + (extent - 1) * step[i] + 1 + after[i]);
      return fc.record({
        before: fc.constant(before),
        step: fc.constant(step),
        a: arbitraryNumbers(extents),
        b: arbitraryNumbers(full),
      });
    });
    await fc.assert(
      fc.asyncProperty(sample, async ({ before, step, a, b }) => {
        const width = b.shape[1];
        const padded = await evaluate('pad', [a], { before, step, value: 0 }, b.shape);
        const strides = [width * step[0], step[1]];
        const sliced = await evaluate('copyStrided', [b], { offset: before[0] * width + before[1], strides }, a.shape);
        expect(dot(padded, b.data)).toBe(dot(a.data, sliced));
      }),
    );
  });
});

describe('concat', () => {
  it('joins along any axis', async () => {
    const row = numbers([7, 8, 9], [1, 3]);
    const column = numbers([7, 8], [2, 1]);
    expect(await evaluate('concat', [x, row], { axis: 0 }, [3, 3])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await evaluate('concat', [column, x, column], { axis: 1 }, [2, 5])).toEqual([7, 1, 2, 3, 7, 8, 4, 5, 6, 8]);
    expect(await evaluate('concat', [x], { axis: 0 }, [2, 3])).toEqual(x.data);
  });

  it('passes over empty inputs', async () => {
    expect(await evaluate('concat', [numbers([], [2, 0]), x], { axis: 1 }, [2, 3])).toEqual(x.data);
    expect(await evaluate('concat', [numbers([], [0, 2]), numbers([], [0, 1])], { axis: 1 }, [0, 3])).toEqual([]);
  });

  it('is undone by slices', async () => {
    const parts = fc.nat(2).chain((axis) =>
      fc
        .array(fc.nat(3), { minLength: 1, maxLength: 4 })
        .chain((extents) => fc.tuple(...extents.map((extent) => arbitraryNumbers([2, 3, 2].with(axis, extent)))))
        .map((tensors) => ({ axis, tensors })),
    );
    await fc.assert(
      fc.asyncProperty(parts, async ({ axis, tensors }) => {
        const shape = concatShape(
          'concat',
          tensors.map((tensor) => tensor.shape),
          axis,
        );
        const joined = numbers(await evaluate('concat', tensors, { axis }, shape), shape);
        expect(joined.data).toHaveLength(sizeOf(shape));
        const strides = [shape[1] * shape[2], shape[2], 1];
        let start = 0;
        for (const tensor of tensors) {
          const slice = await evaluate('copyStrided', [joined], { offset: start * strides[axis], strides }, tensor.shape);
          expect(slice).toEqual(tensor.data);
          start += tensor.shape[axis];
        }
      }),
    );
  });
});

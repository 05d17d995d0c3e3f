import { type Shape, sizeOf } from '@dl/kernels';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collapse } from '../src/kernels/box.ts';

it('joins what is walked as one', () => {
  expect(collapse([2, 3, 4], [[12, 4, 1]])).toEqual({ extents: [24], strides: [[1]] });
  expect(
    collapse(
      [2, 1, 4],
      [
        [4, 9, 1],
        [0, 0, 1],
      ],
    ),
  ).toEqual({
    extents: [2, 4],
    strides: [
      [4, 1],
      [0, 1],
    ],
  });
  expect(collapse([], [[]])).toEqual({ extents: [1], strides: [[0]] });
});

it('visits the same elements in the same order', () => {
  const axis = fc.record({
    extent: fc.integer({ min: 1, max: 4 }),
    strides: fc.tuple(fc.integer({ min: -3, max: 9 }), fc.constantFrom(0, 1, 4)),
  });
  fc.assert(
    fc.property(fc.array(axis, { maxLength: 5 }), (axes) => {
      const shape = axes.map(({ extent }) => extent);
      const strides = [0, 1].map((i) => axes.map((one) => one.strides[i]));
      const box = collapse(shape, strides);
      expect(box.strides.map((own) => offsets(box.extents, own))).toEqual(strides.map((own) => offsets(shape, own)));
      expect(box.extents.length).toBeLessThanOrEqual(Math.max(shape.length, 1));
    }),
  );
});

function offsets(shape: Shape, strides: readonly number[]): number[] {
  return Array.from({ length: sizeOf(shape) }, (_, i) => {
    let [rest, offset] = [i, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return offset;
  });
}

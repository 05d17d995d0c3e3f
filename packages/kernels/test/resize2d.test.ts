import type { Resize2dAttrs, Shape } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resize2dCases } from './golden.generated.ts';
import { arbitraryNumbers, dot, evaluate, numbers, quarters } from './helpers.ts';

interface Case {
  readonly x: Shape;
  readonly attrs: Resize2dAttrs;
  readonly shape: Shape;
  readonly y: readonly number[];
  readonly dx: readonly number[];
}

const cases: readonly Case[] = resize2dCases;
const modes: readonly Resize2dAttrs[] = [
  { mode: 'nearest', alignCorners: false },
  { mode: 'bilinear', alignCorners: false },
  { mode: 'bilinear', alignCorners: true },
];

describe('resize2d', () => {
  it.each(cases)('agrees with PyTorch for $x to $shape, $attrs', async ({ x, attrs, shape, y, dx }) => {
    expectClose(await evaluate('resize2d', [quarters(x)], attrs, shape), y);
    expectClose(await evaluate('resize2dGrad', [quarters(shape, 2)], attrs, x), dx);
  });

  it.each(modes)('keeps an image of the same size, with $mode, $alignCorners', async (attrs) => {
    await fc.assert(
      fc.asyncProperty(arbitraryNumbers([1, 2, 3, 4]), async (x) => {
        expect(await evaluate('resize2d', [x], attrs, x.shape)).toEqual(x.data);
      }),
    );
  });

  it.each(modes)('has its gradient for adjoint, with $mode, $alignCorners', async (attrs) => {
    const extent = fc.integer({ min: 1, max: 7 });
    const sample = fc
      .tuple(extent, extent, extent, extent)
      .chain(([h, w, oh, ow]) => fc.tuple(arbitraryNumbers([1, 2, h, w]), arbitraryNumbers([1, 2, oh, ow])));
    await fc.assert(
      fc.asyncProperty(sample, async ([x, dy]) => {
        const product = dot(await evaluate('resize2d', [x], attrs, dy.shape), dy.data);
        expect(dot(x.data, await evaluate('resize2dGrad', [dy], attrs, x.shape))).toBeCloseTo(product, 10);
      }),
    );
  });

  it('repeats pixels, and passes over an empty batch', async () => {
    const x = numbers([1, 2], [1, 1, 1, 2], 'float32');
    expect(await evaluate('resize2d', [x], modes[0], [1, 1, 2, 4])).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
    expect(await evaluate('resize2d', [numbers([], [0, 1, 1, 2])], modes[1], [0, 1, 2, 2])).toEqual([]);
  });
});

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 13);
}

import { type AvgPool2dAttrs, type Pool2dAttrs, pool2dShape, type Shape } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avgPool2dCases, maxPool2dCases } from './golden.generated.ts';
import { arbitraryNumbers, dot, evaluate, numbers, quarters } from './helpers.ts';

const { NaN: nan, NEGATIVE_INFINITY: low } = Number;
const window = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] } as const;

describe('maxPool2dIndices', () => {
  const cases: readonly { x: Shape; attrs: Pool2dAttrs; ceilMode: boolean; shape: Shape; indices: readonly number[] }[] =
    maxPool2dCases;

  it.each(cases)('agrees with PyTorch for $x, $attrs, ceil mode $ceilMode', async ({ x, attrs, ceilMode, shape, indices }) => {
    expect(pool2dShape('maxPool2d', x, { ...attrs, ceilMode })).toEqual(shape);
    expect(await evaluate('maxPool2dIndices', [quarters(x)], attrs, shape, 'int32')).toEqual(indices);
  });

  it('takes the first of equals, lets NaN win and padding never', async () => {
    const x = numbers([1, 1, nan, 3, 1, 1, 4, nan], [1, 1, 2, 4]);
    expect(await evaluate('maxPool2dIndices', [x], window, [1, 1, 1, 2], 'int32')).toEqual([0, 2]);
    const lowest = numbers([low, low, low, low], [1, 1, 2, 2]);
    const padded = { ...window, padding: [1, 1] } as const;
    expect(await evaluate('maxPool2dIndices', [lowest], padded, [1, 1, 2, 2], 'int32')).toEqual([0, 1, 2, 3]);
  });

  it('takes an empty batch', async () => {
    expect(await evaluate('maxPool2dIndices', [numbers([], [0, 1, 2, 2])], window, [0, 1, 1, 1], 'int32')).toEqual([]);
  });
});

describe('avgPool2d', () => {
  interface Case {
    readonly x: Shape;
    readonly attrs: AvgPool2dAttrs;
    readonly ceilMode: boolean;
    readonly shape: Shape;
    readonly y: readonly number[];
    readonly dx: readonly number[];
  }
  const cases: readonly Case[] = avgPool2dCases;

  it.each(cases)('agrees with PyTorch for $x, $attrs, ceil mode $ceilMode', async ({ x, attrs, ceilMode, shape, y, dx }) => {
    expect(pool2dShape('avgPool2d', x, { ...attrs, ceilMode })).toEqual(shape);
    expectClose(await evaluate('avgPool2d', [quarters(x)], attrs, shape), y);
    expectClose(await evaluate('avgPool2dGrad', [quarters(shape, 2)], attrs, x), dx);
  });

  it('averages', async () => {
    const x = numbers([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 2, 4], 'float32');
    const attrs = { ...window, countIncludePad: true };
    expect(await evaluate('avgPool2d', [x], attrs, [1, 1, 1, 2])).toEqual([3.5, 5.5]);
    expect(await evaluate('avgPool2d', [numbers([], [0, 1, 2, 2])], attrs, [0, 1, 1, 1])).toEqual([]);
  });

  it('takes every second pixel where it is dilated', async () => {
    const attrs = { kernelSize: [1, 2], stride: [1, 1], padding: [0, 1], dilation: [1, 2] } as const;
    const x = numbers([1, 2, 4], [1, 1, 1, 3]);
    expect(await evaluate('avgPool2d', [x], { ...attrs, countIncludePad: true }, [1, 1, 1, 3])).toEqual([1, 2.5, 1]);
    expect(await evaluate('avgPool2d', [x], { ...attrs, countIncludePad: false }, [1, 1, 1, 3])).toEqual([2, 2.5, 2]);
  });

  it('has its gradient for adjoint', async () => {
    const extent = fc.integer({ min: 1, max: 4 });
    const sample = fc
      .record({
        kernelSize: fc.tuple(extent, extent),
        room: fc.tuple(fc.nat(3), fc.nat(3)),
        stride: fc.tuple(extent, extent),
        half: fc.tuple(fc.boolean(), fc.boolean()),
        countIncludePad: fc.boolean(),
        ceilMode: fc.boolean(),
      })
      .chain(({ kernelSize, room, half, ceilMode, ...rest }) => {
        const pad = (i: 0 | 1) => (half[i] ? Math.floor(kernelSize[i] / 2) : 0);
        const attrs = { ...rest, kernelSize, padding: [pad(0), pad(1)] as const, dilation: [1, 1] as const };
        const x = [1, 2, kernelSize[0] + room[0], kernelSize[1] + room[1]];
        const y = pool2dShape('avgPool2d', x, { ...attrs, ceilMode });
        return fc.record({ attrs: fc.constant(attrs), x: arbitraryNumbers(x), dy: arbitraryNumbers(y) });
      });
    await fc.assert(
      fc.asyncProperty(sample, async ({ attrs, x, dy }) => {
        const product = dot(await evaluate('avgPool2d', [x], attrs, dy.shape), dy.data);
        expect(dot(x.data, await evaluate('avgPool2dGrad', [dy], attrs, x.shape))).toBeCloseTo(product, 10);
      }),
    );
  });
});

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 13);
}

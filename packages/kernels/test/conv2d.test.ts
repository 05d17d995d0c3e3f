import { type Conv2dAttrs, conv2dShape, type Shape } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conv2dCases } from './golden.generated.ts';
import { arbitraryNumbers, dot, evaluate, numbers, quarters } from './helpers.ts';

interface Case {
  readonly x: Shape;
  readonly weight: Shape;
  readonly attrs: Conv2dAttrs;
  readonly shape: Shape;
  readonly y: readonly number[];
  readonly dx: readonly number[];
  readonly dw: readonly number[];
}

const cases: readonly Case[] = conv2dCases;
const plain = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 } as const;

describe('conv2d', () => {
  it('slides a kernel without flipping it', async () => {
    const x = numbers([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3]);
    const weight = numbers([1, 10, 100, 1000], [1, 1, 2, 2]);
    expect(await evaluate('conv2d', [x, weight], plain, [1, 1, 2, 2])).toEqual([5421, 6532, 8754, 9865]);
  });

  it.each(cases)('agrees with PyTorch for $x, $weight, $attrs', async ({ x, weight, attrs, shape, y, dx, dw }) => {
    expect(await evaluate('conv2d', [quarters(x), quarters(weight, 1)], attrs, shape)).toEqual(y);
    expect(await evaluate('conv2dInputGrad', [quarters(shape, 2), quarters(weight, 1)], attrs, x)).toEqual(dx);
    expect(await evaluate('conv2dWeightGrad', [quarters(x), quarters(shape, 2)], attrs, weight)).toEqual(dw);
  });

  it('is the same in float32 where all is exact', async () => {
    const { x, weight, attrs, shape, y } = cases[2];
    expect(await evaluate('conv2d', [quarters(x, 0, 'float32'), quarters(weight, 1, 'float32')], attrs, shape)).toEqual(y);
  });

  it('takes an empty batch and no channels', async () => {
    const weight = quarters([2, 1, 2, 2]);
    expect(await evaluate('conv2d', [quarters([0, 1, 3, 3]), weight], plain, [0, 2, 2, 2])).toEqual([]);
    expect(await evaluate('conv2dWeightGrad', [quarters([0, 1, 3, 3]), quarters([0, 2, 2, 2])], plain, [2, 1, 2, 2])).toEqual(
      new Array(8).fill(0),
    );
    const none = [quarters([1, 0, 2, 2]), quarters([1, 0, 2, 2])];
    expect(await evaluate('conv2d', none, plain, [1, 1, 1, 1])).toEqual([0]);
  });

  it('has its gradients for adjoints', async () => {
    const extent = fc.integer({ min: 1, max: 3 });
    const geometry = fc.record({
      n: fc.integer({ min: 1, max: 2 }),
      channels: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
      kernel: fc.tuple(extent, extent),
      room: fc.tuple(fc.nat(4), fc.nat(4)),
      stride: fc.tuple(extent, extent),
      padding: fc.tuple(fc.nat(2), fc.nat(2)),
      dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
      groups: extent,
    });
    const sample = geometry.chain(({ n, channels, kernel, room, ...attrs }) => {
      const image = [0, 1].map((i) => Math.max(1, attrs.dilation[i] * (kernel[i] - 1) + 1 - 2 * attrs.padding[i] + room[i]));
      const x = [n, channels[0] * attrs.groups, ...image];
      const weight = [channels[1] * attrs.groups, channels[0], ...kernel];
      const y = conv2dShape('conv2d', x, weight, attrs);
      return fc.record({
        attrs: fc.constant(attrs),
        x: arbitraryNumbers(x),
        weight: arbitraryNumbers(weight),
        dy: arbitraryNumbers(y),
      });
    });
    await fc.assert(
      fc.asyncProperty(sample, async ({ attrs, x, weight, dy }) => {
        const product = dot(await evaluate('conv2d', [x, weight], attrs, dy.shape), dy.data);
        expect(dot(x.data, await evaluate('conv2dInputGrad', [dy, weight], attrs, x.shape))).toBe(product);
        expect(dot(weight.data, await evaluate('conv2dWeightGrad', [x, dy], attrs, weight.shape))).toBe(product);
      }),
      { numRuns: 200 },
    );
  });
});

import { type AvgPool2dAttrs, type Backend, type Pair, pool2dShape, type Resize2dAttrs, type Shape } from '@dl/kernels';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectSame, random } from './harness.ts';

const sums = { absolute: 5e-6 };

export function imageSuite(create: () => Backend): void {
  const backend = create();
  const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })) as fc.Arbitrary<Pair>;

  async function checkPool(x: Shape, attrs: AvgPool2dAttrs, ceilMode: boolean, hasNaN: boolean): Promise<void> {
    const y = { shape: pool2dShape('pool', x, { ...attrs, ceilMode }), dtype: 'float32' } as const;
    const image = random(x);
    for (let i = 0; i < image.data.length; i += 2) image.data[i] = Math.round(image.data[i]);
    if (hasNaN) image.data[image.data.length >> 1] = Number.NaN;
    await expectSame(backend, 'maxPool2dIndices', [image], attrs, { ...y, dtype: 'int32' });
    await expectSame(backend, 'avgPool2d', [image], attrs, y, sums);
    await expectSame(backend, 'avgPool2dGrad', [random(y.shape)], attrs, image, sums);
  }

  describe('pooling', () => {
    it('agrees on any window, border and ceil mode', async () => {
      const cases = fc.record({
        planes: pair(1, 3),
        size: pair(1, 15),
        kernelSize: pair(1, 4),
        stride: pair(1, 4),
        dilation: pair(1, 2),
        half: fc.boolean(),
        countIncludePad: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(
          cases,
          fc.boolean(),
          fc.boolean(),
          async ({ planes, size, kernelSize, half, ...rest }, ceilMode, hasNaN) => {
            const padding: Pair = half ? [kernelSize[0] >> 1, kernelSize[1] >> 1] : [0, 0];
            const reach = [0, 1].map((axis) => size[axis] + 2 * padding[axis] - rest.dilation[axis] * (kernelSize[axis] - 1));
            const fits = [0, 1].every((axis) => reach[axis] > 0 && (padding[axis] === 0 || rest.dilation[axis] <= size[axis]));
            if (!fits) return;
            await checkPool([...planes, ...size], { ...rest, kernelSize, padding }, ceilMode, hasNaN);
          },
        ),
        { numRuns: 400 },
      );
    });

    it.each<[string, Shape, Partial<AvgPool2dAttrs>]>([
      ['2 × 2 of stride 2', [3, 6, 28, 28], {}],
      ['3 × 3 of stride 2', [2, 5, 27, 31], { kernelSize: [3, 3], padding: [1, 1] }],
      ['3 × 3 of stride 1', [2, 5, 9, 14], { kernelSize: [3, 3], stride: [1, 1] }],
      ['2 × 2 of stride 2, with a row and a column left', [2, 3, 27, 31], {}],
      ['2 × 2 of stride 2 on narrow images', [2, 3, 6, 7], {}],
      ['3 × 3 side by side', [2, 3, 11, 16], { kernelSize: [3, 3], stride: [3, 3] }],
      ['3 × 2 side by side', [2, 3, 11, 17], { kernelSize: [3, 2], stride: [3, 2] }],
      ['all', [4, 7, 7, 7], { kernelSize: [7, 7], stride: [7, 7] }],
    ])('%s', async (_, x, attrs) => {
      const plain = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], countIncludePad: true } as const;
      await checkPool(x, { ...plain, ...attrs }, false, true);
      await checkPool(x, { ...plain, ...attrs, countIncludePad: false }, true, false);
    });

    it('takes no images', async () => {
      const attrs = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], countIncludePad: true } as const;
      await checkPool([0, 3, 4, 4], attrs, false, false);
    });
  });

  it('resizing agrees on any sizes and mode', async () => {
    const modes = fc.constantFrom<Resize2dAttrs>(
      { mode: 'nearest', alignCorners: false },
      { mode: 'bilinear', alignCorners: false },
      { mode: 'bilinear', alignCorners: true },
    );
    await fc.assert(
      fc.asyncProperty(pair(0, 3), pair(1, 9), pair(1, 20), modes, async (planes, from, to, attrs) => {
        const x = random([...planes, ...from]);
        const y = random([...planes, ...to]);
        await expectSame(backend, 'resize2d', [x], attrs, y, sums);
        await expectSame(backend, 'resize2dGrad', [y], attrs, x, sums);
      }),
      { numRuns: 150 },
    );
  });
}

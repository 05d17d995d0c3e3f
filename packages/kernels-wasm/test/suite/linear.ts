import { type Backend, type Conv2dAttrs, type KernelAttrs, matmulShape, type Pair, type Shape } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, host, random, runKernel, type Tolerance } from './harness.ts';

/** Sums of `terms` products of numbers in (-2, 2), each a rounding. */
function sumOf(terms: number): Tolerance {
  return { absolute: 4e-6 * Math.sqrt(1 + terms) };
}

export function linearSuite(create: () => Backend): void {
  const backend = create();

  function swapLast(shape: Shape): Shape {
    return [...shape.slice(0, -2), shape[shape.length - 1], shape[shape.length - 2]];
  }

  async function checkMatmul(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean): Promise<void> {
    const inputs = [random(transposeA ? swapLast(a) : a, 'float32', 1), random(transposeB ? swapLast(b) : b, 'float32', 2)];
    const attrs: KernelAttrs['matmul'] = { transposeA, transposeB };
    const shape = matmulShape('matmul', inputs[0].shape, inputs[1].shape, attrs);
    await expectSame(backend, 'matmul', inputs, attrs, { shape, dtype: 'float32' }, sumOf(a[a.length - 1]));
  }

  describe('matmul', () => {
    it('multiplies any small shapes, transposed or not', async () => {
      const extent = fc.integer({ min: 1, max: 40 });
      await fc.assert(
        fc.asyncProperty(extent, extent, extent, fc.boolean(), fc.boolean(), (m, k, n, transposeA, transposeB) =>
          checkMatmul([m, k], [k, n], transposeA, transposeB),
        ),
        { numRuns: 300 },
      );
    });

    it.each<[number, number, number]>([
      [1, 300, 70],
      [2, 600, 33],
      [7, 257, 16],
      [8, 256, 17],
      [70, 513, 1],
      [131, 260, 5],
      [129, 70, 530],
      [3, 1, 1030],
      [64, 400, 120],
      // B is packed once for all blocks of rows, by several tasks.
      [130, 300, 70],
    ])('crosses every block boundary: %i × %i × %i', async (m, k, n) => {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) await checkMatmul([m, k], [k, n], transposeA, transposeB);
      }
    });

    it('packs a wide B strip by strip', async () => {
      const [m, k, n] = [5200, 64, 1045];
      const [a, b] = [random([m, k], 'float32', 1), random([k, n], 'float32', 2)];
      const [x, y] = [a, b].map((input) => ({ ...input, buffer: backend.upload(input.data, input) }));
      const out = { shape: [m, n], dtype: 'float32' } as const;
      const buffer = backend.run('matmul', [x, y], { transposeA: false, transposeB: false }, out);
      const got = await backend.read({ ...out, buffer });
      for (let at = 0; at < got.length; at += 1009) {
        const [row, column] = [Math.floor(at / n), at % n];
        let want = 0;
        for (let i = 0; i < k; i++) want += a.data[row * k + i] * b.data[i * n + column];
        expect(Math.abs(got[at] - want)).toBeLessThan(4e-5);
      }
      for (const used of [x.buffer, y.buffer, buffer]) backend.release(used);
    });

    it('broadcasts the batch', async () => {
      for (const transposeA of [false, true]) {
        await checkMatmul([3, 5, 7], [3, 7, 4], transposeA, false);
        await checkMatmul([2, 3, 5, 7], [7, 4], transposeA, true);
        await checkMatmul([5, 7], [2, 3, 7, 4], transposeA, false);
        await checkMatmul([2, 1, 5, 7], [3, 7, 4], transposeA, true);
        await checkMatmul([0, 5, 7], [7, 4], transposeA, false);
      }
    });

    it('sums nothing to 0, and makes nothing of no rows', async () => {
      await checkMatmul([3, 0], [0, 20], false, false);
      await checkMatmul([0, 3], [3, 20], false, false);
      await checkMatmul([3, 4], [4, 0], false, true);
    });

    it('carries NaN and infinity', async () => {
      const a = host(Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, 2), [2, 2], 'float32');
      await expectSame(
        backend,
        'matmul',
        [a, random([2, 3])],
        { transposeA: false, transposeB: false },
        { shape: [2, 3], dtype: 'float32' },
        sumOf(2),
      );
    });

    it('has the same bits every time', async () => {
      const inputs = [random([70, 300]), random([300, 90], 'float32', 2)];
      const attrs = { transposeA: false, transposeB: false };
      const out = { shape: [70, 90], dtype: 'float32' } as const;
      expect(await runKernel(backend, 'matmul', inputs, attrs, out)).toEqual(
        await runKernel(create(), 'matmul', inputs, attrs, out),
      );
    });
  });

  /** Forward and both gradients of one convolution. */
  async function checkConv(x: Shape, w: Shape, attrs: Conv2dAttrs): Promise<void> {
    const [oh, ow] = [0, 1].map((axis) => {
      const reach = x[axis + 2] + 2 * attrs.padding[axis] - attrs.dilation[axis] * (w[axis + 2] - 1) - 1;
      return Math.floor(reach / attrs.stride[axis]) + 1;
    });
    if (oh < 1 || ow < 1) return;
    const y = { shape: [x[0], w[0], oh, ow], dtype: 'float32' } as const;
    const image = random(x, 'float32', 1);
    const weight = random(w, 'float32', 2);
    const dy = random(y.shape, 'float32', 3);
    await expectSame(backend, 'conv2d', [image, weight], attrs, y, sumOf(w[1] * w[2] * w[3]));
    await expectSame(backend, 'conv2dInputGrad', [dy, weight], attrs, image, sumOf((w[0] / attrs.groups) * w[2] * w[3]));
    await expectSame(backend, 'conv2dWeightGrad', [image, dy], attrs, weight, sumOf(x[0] * oh * ow));
  }

  const plain: Conv2dAttrs = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 };

  describe('conv2d and its gradients', () => {
    const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })) as fc.Arbitrary<Pair>;

    it('agree on any stride, padding, dilation and groups', async () => {
      const cases = fc.record({
        batch: fc.integer({ min: 1, max: 3 }),
        groups: fc.integer({ min: 1, max: 3 }),
        channels: fc.integer({ min: 1, max: 5 }),
        rows: fc.integer({ min: 1, max: 5 }),
        size: pair(1, 11),
        kernel: pair(1, 4),
        stride: pair(1, 3),
        padding: pair(0, 3),
        dilation: pair(1, 3),
      });
      await fc.assert(
        fc.asyncProperty(cases, ({ batch, groups, channels, rows, size, kernel, stride, padding, dilation }) =>
          checkConv([batch, groups * channels, ...size], [groups * rows, channels, ...kernel], {
            stride,
            padding,
            dilation,
            groups,
          }),
        ),
        { numRuns: 400 },
      );
    });

    it.each<[string, Shape, Shape, Partial<Conv2dAttrs>]>([
      ['a 3 × 3', [2, 19, 17, 21], [33, 19, 3, 3], { padding: [1, 1] }],
      ['a 5 × 5 of one channel', [3, 1, 28, 28], [6, 1, 5, 5], { padding: [2, 2] }],
      ['LeNet layer 2', [3, 6, 14, 14], [16, 6, 5, 5], {}],
      ['a 1 × 1', [2, 40, 9, 9], [35, 40, 1, 1], {}],
      ['a 1 × 1 on few pixels', [5, 40, 2, 3], [35, 40, 1, 1], {}],
      ['a 1 × 1 of stride 2', [2, 9, 11, 11], [12, 9, 1, 1], { stride: [2, 2] }],
      ['a 7 × 7 of stride 2', [1, 3, 33, 33], [20, 3, 7, 7], { stride: [2, 2], padding: [3, 3] }],
      ['a dilated 3 × 3', [1, 8, 20, 20], [9, 8, 3, 3], { dilation: [2, 3], padding: [2, 3] }],
      ['a padding wider than the kernel', [1, 5, 6, 6], [5, 5, 2, 2], { padding: [3, 3] }],
      ['a whole image', [19, 8, 4, 4], [10, 8, 4, 4], {}],
      ['many small images', [37, 5, 3, 3], [7, 5, 3, 3], { padding: [1, 1] }],
      ['many weights', [3, 96, 6, 6], [130, 96, 3, 3], { padding: [1, 1] }],
      ['a height of 1', [2, 9, 1, 50], [11, 9, 1, 5], { padding: [0, 2] }],
      ['depthwise', [2, 9, 15, 19], [9, 1, 3, 3], { padding: [1, 1], groups: 9 }],
      ['depthwise on one row', [2, 9, 1, 18], [9, 1, 3, 3], { padding: [1, 1], groups: 9 }],
      ['depthwise with a wide border', [2, 9, 6, 5], [9, 1, 3, 3], { padding: [3, 2], groups: 9 }],
      ['depthwise of stride 2', [2, 9, 15, 19], [9, 1, 3, 3], { padding: [1, 1], groups: 9, stride: [2, 2] }],
      ['depthwise with a multiplier', [2, 4, 9, 37], [12, 1, 3, 3], { padding: [1, 1], groups: 4 }],
      ['groups', [2, 12, 10, 10], [18, 4, 3, 3], { groups: 3, padding: [1, 0] }],
      ['a kernel deeper than a block', [1, 2, 20, 20], [3, 2, 18, 18], {}],
    ])('%s', async (_, x, w, attrs) => {
      await checkConv(x, w, { ...plain, ...attrs });
    });

    it('input gradients fill an output padding with zeros', async () => {
      const attrs: Conv2dAttrs = { ...plain, stride: [3, 2], padding: [1, 0] };
      const inputs = [random([2, 4, 5, 6]), random([4, 5, 3, 3], 'float32', 2)];
      await expectSame(backend, 'conv2dInputGrad', inputs, attrs, { shape: [2, 5, 15, 14], dtype: 'float32' }, sumOf(36));
    });

    it('input gradients fill an output padding that only the dilation leaves room for', async () => {
      const attrs: Conv2dAttrs = { ...plain, padding: [2, 2], dilation: [2, 2] };
      const inputs = [random([2, 16, 12, 12]), random([16, 16, 3, 3], 'float32', 2)];
      await expectSame(backend, 'conv2dInputGrad', inputs, attrs, { shape: [2, 16, 13, 13], dtype: 'float32' }, sumOf(144));
    });

    it('makes zeros of no images and no channels', async () => {
      await expectSame(backend, 'conv2d', [random([0, 3, 5, 5]), random([4, 3, 3, 3])], plain, {
        shape: [0, 4, 3, 3],
        dtype: 'float32',
      });
      await expectSame(backend, 'conv2d', [random([2, 0, 5, 5]), random([4, 0, 3, 3])], plain, {
        shape: [2, 4, 3, 3],
        dtype: 'float32',
      });
      await expectSame(backend, 'conv2dInputGrad', [random([0, 4, 3, 3]), random([4, 3, 3, 3])], plain, {
        shape: [0, 3, 5, 5],
        dtype: 'float32',
      });
      await expectSame(backend, 'conv2dWeightGrad', [random([0, 3, 5, 5]), random([0, 4, 3, 3])], plain, {
        shape: [4, 3, 3, 3],
        dtype: 'float32',
      });
    });
  });
}

import { type Backend, broadcastStrides, concatShape, type DType, type Shape, sizeOf, stridesOf } from '@dl/kernels';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectSame, random } from './harness.ts';

const dtypes: readonly DType[] = ['float32', 'int32', 'uint8', 'bool'];
const anyDType = fc.constantFrom(...dtypes);

export function createLayoutSuite(create: () => Backend): void {
  const backend = create();

  describe('create', () => {
    it('fill converts its value to each dtype', async () => {
      for (const dtype of dtypes) {
        for (const value of [0, 1, -1.5, 300, 3e9, -3e9, Number.NaN, Number.POSITIVE_INFINITY]) {
          for (const n of [0, 1, 3, 70]) await expectSame(backend, 'fill', [], { value }, { shape: [n], dtype });
        }
      }
    });

    it('iota rounds once', async () => {
      for (const dtype of ['float32', 'int32'] as const) {
        for (const [start, step] of [
          [0, 1],
          [5, -2],
          [0.1, 0.1],
          [-3, 0],
        ]) {
          await expectSame(backend, 'iota', [], { start, step }, { shape: [67], dtype });
        }
      }
    });

    it('randomBits are the reference bits, across the word boundary of the counter too', async () => {
      for (const counter of [0, 1, 2 ** 32 - 2, 2 ** 40 + 3]) {
        for (const n of [0, 1, 4, 7, 70]) {
          await expectSame(backend, 'randomBits', [], { key: [0xdeadbeef, 42], counter }, { shape: [n], dtype: 'int32' });
          await expectSame(backend, 'randomBits', [], { key: [1, 0xffffffff], counter }, { shape: [n], dtype: 'float32' });
        }
      }
    });
  });

  describe('copyStrided', () => {
    it('permutes, broadcasts, flips and slices any shape', async () => {
      const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
      const cases = shapes.chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.shuffledSubarray([...shape.keys()], { minLength: shape.length, maxLength: shape.length }),
          fc.array(fc.constantFrom('keep', 'flip', 'halve', 'stretch'), { minLength: shape.length, maxLength: shape.length }),
        ),
      );
      await fc.assert(
        fc.asyncProperty(cases, anyDType, async ([shape, order, ways], dtype) => {
          const own = stridesOf(shape);
          let offset = 0;
          const view = order.map((axis) => {
            const way = ways[axis];
            if (way === 'flip') offset += (shape[axis] - 1) * own[axis];
            if (way === 'flip') return { extent: shape[axis], stride: -own[axis] };
            if (way === 'halve') return { extent: Math.ceil(shape[axis] / 2), stride: 2 * own[axis] };
            return way === 'stretch' ? { extent: 3, stride: 0 } : { extent: shape[axis], stride: own[axis] };
          });
          const attrs = { offset, strides: view.map(({ stride }) => stride) };
          await expectSame(backend, 'copyStrided', [random(shape, dtype)], attrs, {
            shape: view.map(({ extent }) => extent),
            dtype,
          });
        }),
        { numRuns: 300 },
      );
    });

    it.each<[string, Shape, readonly number[]]>([
      ['a matrix', [37, 70], [1, 0]],
      ['NCHW to NHWC', [2, 19, 5, 7], [0, 2, 3, 1]],
      ['NHWC to NCHW', [2, 5, 7, 19], [0, 3, 1, 2]],
      ['heads', [2, 9, 4, 8], [0, 2, 1, 3]],
      ['all axes', [5, 6, 7], [2, 1, 0]],
      ['a long row', [3, 1000], [1, 0]],
    ])('transposes %s', async (_, shape, order) => {
      const strides = stridesOf(shape);
      const out = order.map((axis) => shape[axis]);
      for (const dtype of dtypes) {
        const attrs = { offset: 0, strides: order.map((axis) => strides[axis]) };
        await expectSame(backend, 'copyStrided', [random(shape, dtype)], attrs, { shape: out, dtype });
      }
    });

    it('stretches scalars and takes empty shapes', async () => {
      for (const dtype of dtypes) {
        await expectSame(backend, 'copyStrided', [random([], dtype)], { offset: 0, strides: [0, 0] }, { shape: [5, 7], dtype });
        const strides = broadcastStrides([1, 7], [5, 7]);
        await expectSame(backend, 'copyStrided', [random([1, 7], dtype)], { offset: 0, strides }, { shape: [5, 7], dtype });
        await expectSame(
          backend,
          'copyStrided',
          [random([0, 3], dtype)],
          { offset: 0, strides: [3, 1] },
          { shape: [0, 3], dtype },
        );
        await expectSame(backend, 'copyStrided', [random([4], dtype)], { offset: 2, strides: [] }, { shape: [], dtype });
      }
    });
  });

  it('pad places any shape, dilated, in any border', async () => {
    const axis = fc.record({
      extent: fc.integer({ min: 0, max: 5 }),
      before: fc.integer({ min: 0, max: 3 }),
      after: fc.integer({ min: 0, max: 3 }),
      step: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(axis, { maxLength: 4 }), anyDType, async (axes, dtype) => {
        const shape = axes.map(({ extent }) => extent);
        const out = axes.map(({ extent, before, after, step }) => before + after + (extent === 0 ? 0 : (extent - 1) * step + 1));
        const attrs = { before: axes.map(({ before }) => before), step: axes.map(({ step }) => step), value: 1 };
        await expectSame(backend, 'pad', [random(shape, dtype)], attrs, { shape: out, dtype });
      }),
      { numRuns: 150 },
    );
  });

  it('concat joins any number along any axis', async () => {
    const cases = fc.tuple(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
      fc.nat(3),
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, anyDType, async ([shape, place, extents], dtype) => {
        const axis = place % shape.length;
        const inputs = extents.map((extent, i) => random(shape.with(axis, extent), dtype, i));
        const out = concatShape(
          'concat',
          inputs.map((input) => input.shape),
          axis,
        );
        await expectSame(backend, 'concat', inputs, { axis }, { shape: out, dtype });
      }),
      { numRuns: 100 },
    );
  });

  it('copies long rows whole', async () => {
    const x = random([3, 4097]);
    await expectSame(backend, 'copyStrided', [x], { offset: 1, strides: [4097, 1] }, { shape: [3, 4096], dtype: 'float32' });
    await expectSame(backend, 'concat', [x, x], { axis: 1 }, { shape: [3, 2 * 4097], dtype: 'float32' });
    await expectSame(backend, 'copyStrided', [x], { offset: 0, strides: [1] }, { shape: [sizeOf(x.shape)], dtype: 'float32' });
  });
}

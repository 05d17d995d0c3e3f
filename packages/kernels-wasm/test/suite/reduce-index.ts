import { type Backend, type DType, type ReduceFn, reduceShape, sizeOf } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, type HostInput, host, random, runKernel, seeded } from './harness.ts';

const anyNumber = fc.constantFrom<DType>('float32', 'int32');
const anyDType = fc.constantFrom<DType>('float32', 'int32', 'uint8', 'bool');
const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

/** int32 indices in [0, extent). */
function indices(shape: readonly number[], extent: number, seed = 1): HostInput {
  const next = seeded(seed);
  const data = Int32Array.from({ length: sizeOf(shape) }, () => Math.floor(next() * extent));
  return host(data, shape, 'int32');
}

export function reduceIndexSuite(create: () => Backend): void {
  const backend = create();

  describe('reduce', () => {
    it('folds any axes of any shape', async () => {
      const cases = shapes.chain((shape) => fc.tuple(fc.constant(shape), fc.subarray([...shape.keys()]), fc.boolean()));
      const fns = fc.constantFrom<ReduceFn>('sum', 'prod', 'min', 'max');
      await fc.assert(
        fc.asyncProperty(cases, anyDType, fns, async ([shape, axes, keepDims], dtype, fn) => {
          if ((dtype === 'uint8' || dtype === 'bool') && (fn === 'sum' || fn === 'prod')) return;
          const out = { shape: reduceShape(shape, axes, keepDims), dtype };
          const x = random(shape, dtype);
          // A sum that cancels is off by what its terms were rounded to, not by what is left of them.
          const terms = Array.from<number>(x.data).reduce((sum, value) => sum + Math.abs(value), 0);
          const absolute = fn === 'sum' ? Math.max(2e-6, 1e-7 * terms) : 2e-6;
          await expectSame(backend, 'reduce', [x], { fn, axes }, out, { absolute });
        }),
        { numRuns: 300 },
      );
    });

    it.each<ReduceFn>(['sum', 'prod', 'min', 'max'])('%s leaves no tail: rows and columns of 0 to 70', async (fn) => {
      for (let n = 0; n <= 70; n++) {
        for (const dtype of ['float32', 'int32'] as const) {
          const tolerance = { absolute: 2e-6 };
          await expectSame(backend, 'reduce', [random([3, n], dtype)], { fn, axes: [1] }, { shape: [3], dtype }, tolerance);
          await expectSame(backend, 'reduce', [random([n, 3], dtype)], { fn, axes: [0] }, { shape: [3], dtype }, tolerance);
          await expectSame(backend, 'reduce', [random([3, n], dtype)], { fn, axes: [0] }, { shape: [n], dtype }, tolerance);
        }
      }
    });

    it('min and max keep NaN wherever it is', async () => {
      for (let place = 0; place < 21; place++) {
        const x = random([21]);
        x.data[place] = Number.NaN;
        for (const fn of ['min', 'max'] as const) {
          await expectSame(backend, 'reduce', [x], { fn, axes: [0] }, { shape: [], dtype: 'float32' });
          await expectSame(backend, 'reduce', [{ ...x, shape: [7, 3] }], { fn, axes: [0] }, { shape: [3], dtype: 'float32' });
        }
      }
      for (let place = 0; place < 76; place += 5) {
        const x = random([4, 19]);
        x.data[place] = Number.NaN;
        for (const fn of ['min', 'max'] as const) {
          await expectSame(backend, 'reduce', [x], { fn, axes: [0] }, { shape: [19], dtype: 'float32' });
          await expectSame(backend, 'reduce', [x], { fn, axes: [1] }, { shape: [4], dtype: 'float32' });
        }
      }
    });

    it('folds nothing to the identity', async () => {
      for (const fn of ['sum', 'prod', 'min', 'max'] as const) {
        for (const dtype of ['float32', 'int32'] as const) {
          await expectSame(backend, 'reduce', [random([2, 0, 3], dtype)], { fn, axes: [1] }, { shape: [2, 3], dtype });
          await expectSame(backend, 'reduce', [random([0], dtype)], { fn, axes: [0] }, { shape: [], dtype });
        }
      }
      const out = { shape: [2], dtype: 'uint8' } as const;
      await expectSame(backend, 'reduce', [random([2, 0], 'uint8')], { fn: 'min', axes: [1] }, out);
      await expectSame(backend, 'reduce', [random([2, 0], 'uint8')], { fn: 'max', axes: [1] }, out);
      const none = { shape: [1], dtype: 'bool' } as const;
      const nothing = random([1, 0], 'bool');
      expect(await runKernel(backend, 'reduce', [nothing], { fn: 'min', axes: [1] }, none)).toEqual(Uint8Array.of(1));
      expect(await runKernel(backend, 'reduce', [nothing], { fn: 'max', axes: [1] }, none)).toEqual(Uint8Array.of(0));
    });

    it('sums a million positive elements to 4 units of the last place', async () => {
      const x = random([1000, 1000]);
      for (let i = 0; i < x.data.length; i++) x.data[i] += 2;
      for (const axes of [[0], [1], [0, 1]]) {
        const out = { shape: reduceShape(x.shape, axes, false), dtype: 'float32' } as const;
        await expectSame(backend, 'reduce', [x], { fn: 'sum', axes }, out, { ulps: 4 });
      }
    });
  });

  it('argReduce finds the first extreme, NaN first', async () => {
    const cases = shapes.chain((shape) => fc.tuple(fc.constant(shape), fc.nat(shape.length - 1)));
    await fc.assert(
      fc.asyncProperty(
        cases,
        anyNumber,
        fc.constantFrom('min', 'max'),
        fc.boolean(),
        async ([shape, axis], dtype, fn, hasNaN) => {
          const x = random(shape, dtype);
          for (let i = 0; i < x.data.length; i++) x.data[i] = Math.round(x.data[i]);
          if (hasNaN && dtype === 'float32') x.data[x.data.length >> 1] = Number.NaN;
          await expectSame(backend, 'argReduce', [x], { fn, axis }, { shape: reduceShape(shape, [axis], false), dtype: 'int32' });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('cumulativeSum runs along any axis, either way', async () => {
    const cases = shapes.chain((shape) => fc.tuple(fc.constant(shape), fc.nat(shape.length - 1)));
    await fc.assert(
      fc.asyncProperty(cases, anyNumber, fc.boolean(), fc.boolean(), async ([shape, axis], dtype, exclusive, reverse) => {
        await expectSame(
          backend,
          'cumulativeSum',
          [random(shape, dtype)],
          { axis, exclusive, reverse },
          { shape, dtype },
          { ulps: 1 },
        );
      }),
      { numRuns: 150 },
    );
  });

  describe('indexing', () => {
    const cases = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.integer({ min: 0, max: 12 })),
    );

    it('gather and scatterAdd move elements along any axis', async () => {
      await fc.assert(
        fc.asyncProperty(cases, anyDType, async ([shape, axis, count], dtype) => {
          const picked = shape.with(axis, count);
          const index = indices(picked, shape[axis]);
          await expectSame(backend, 'gather', [random(shape, dtype), index], { axis }, { shape: picked, dtype });
          if (dtype === 'uint8' || dtype === 'bool') return;
          await expectSame(backend, 'scatterAdd', [index, random(picked, dtype)], { axis }, { shape, dtype }, { absolute: 2e-6 });
        }),
        { numRuns: 150 },
      );
    });

    it('indexSelect and indexAdd move slices along any axis', async () => {
      await fc.assert(
        fc.asyncProperty(cases, anyDType, async ([shape, axis, count], dtype) => {
          const picked = shape.with(axis, count);
          const index = indices([count], shape[axis]);
          await expectSame(backend, 'indexSelect', [random(shape, dtype), index], { axis }, { shape: picked, dtype });
          if (dtype === 'uint8' || dtype === 'bool') return;
          await expectSame(backend, 'indexAdd', [index, random(picked, dtype)], { axis }, { shape, dtype }, { absolute: 2e-6 });
        }),
        { numRuns: 150 },
      );
    });

    it('copies long slices', async () => {
      await expectSame(
        backend,
        'indexSelect',
        [random([9, 300]), indices([20], 9)],
        { axis: 0 },
        { shape: [20, 300], dtype: 'float32' },
      );
    });

    it('refuses an index out of range, and keeps the heap as it was', async () => {
      const before = backend.stats().buffers;
      const x = random([4, 3]);
      const at = host(Int32Array.of(0, 4, -1), [3], 'int32');
      const spec = { shape: [3, 3], dtype: 'float32' } as const;
      const message = (kernel: string, got: number) => `${kernel}: indices must be in [0, 4), got ${got}`;
      await expect(runKernel(backend, 'indexSelect', [x, at], { axis: 0 }, spec)).rejects.toThrow(message('indexSelect', 4));
      await expect(runKernel(backend, 'indexAdd', [at, random([3, 3])], { axis: 0 }, x)).rejects.toThrow(message('indexAdd', 4));
      const column = { ...at, shape: [3, 1], data: Int32Array.of(0, -1, 4) };
      const one = { ...x, shape: [4, 1], data: x.data.slice(0, 4) };
      await expect(runKernel(backend, 'gather', [one, column], { axis: 0 }, column)).rejects.toThrow(message('gather', -1));
      await expect(runKernel(backend, 'scatterAdd', [column, random([3, 1])], { axis: 0 }, one)).rejects.toThrow(
        message('scatterAdd', -1),
      );
      // Only the inputs of the four refused runs are still live.
      expect(backend.stats().buffers - before).toBe(8);
    });
  });

  it('argsort is stable, with NaN largest and both zeros equal', async () => {
    const lengths = fc.constantFrom(0, 1, 2, 5, 24, 25, 70, 300);
    await fc.assert(
      fc.asyncProperty(
        lengths,
        fc.constantFrom(1, 3),
        anyNumber,
        fc.boolean(),
        fc.nat(),
        async (n, inner, dtype, descending, seed) => {
          const x = random([2, n, inner], dtype, seed);
          if (dtype === 'float32') {
            const edges = [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, -1];
            for (let i = 0; i < x.data.length; i += 3) x.data[i] = edges[i % edges.length];
          }
          await expectSame(backend, 'argsort', [x], { axis: 1, descending }, { shape: x.shape, dtype: 'int32' });
        },
      ),
      { numRuns: 60 },
    );
  });
}

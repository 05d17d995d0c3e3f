import { type Backend, type Conv2dAttrs, createReferenceBackend, type Shape, sizeOf, type TypedArray } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostInput, random, runKernel } from './harness.ts';

const attrs = (padding: number): Conv2dAttrs => ({
  stride: [1, 1],
  padding: [padding, padding],
  dilation: [1, 1],
  groups: 1,
});

/**
 * What the README promises: no error above 1e-4 of the root mean square of the results. Elements are uniform in (-2, 2), so a
 * product has mean square 16 / 9.
 */
function expectNear(got: TypedArray, want: TypedArray, products: number, what: string): void {
  const bound = 1e-4 * Math.sqrt((products * 16) / 9);
  let worst = 0;
  for (let i = 0; i < want.length; i++) worst = Math.max(worst, Math.abs(got[i] - want[i]));
  expect(worst, what).toBeLessThanOrEqual(bound);
}

/** Whether another path made the numbers: no two round alike everywhere. */
function differs(a: TypedArray, b: TypedArray): boolean {
  return a.some((value, i) => value !== b[i]);
}

export function winogradSuite(create: (options?: { readonly winograd: boolean }) => Backend): void {
  const backend = create();
  const exact = create({ winograd: false });
  const reference = createReferenceBackend();

  /** Forward and both gradients. */
  async function run(on: Backend, x: HostInput, w: HostInput, dy: HostInput, padding: number): Promise<TypedArray[]> {
    return [
      await runKernel(on, 'conv2d', [x, w], attrs(padding), dy),
      await runKernel(on, 'conv2dInputGrad', [dy, w], attrs(padding), x),
      await runKernel(on, 'conv2dWeightGrad', [x, dy], attrs(padding), w),
    ];
  }

  function inputs(x: Shape, rows: number, padding: number) {
    const image = random(x, 'float32', 1);
    const weight = random([rows, x[1], 3, 3], 'float32', 2);
    const dy = random([x[0], rows, x[2] + 2 * padding - 2, x[3] + 2 * padding - 2], 'float32', 3);
    return [image, weight, dy] as const;
  }

  describe('Winograd', () => {
    it('agrees with the reference for any size', async () => {
      const used = [0, 0, 0];
      const cases = fc.record({
        batch: fc.integer({ min: 1, max: 3 }),
        channels: fc.integer({ min: 1, max: 40 }),
        rows: fc.integer({ min: 1, max: 40 }),
        height: fc.integer({ min: 1, max: 40 }),
        width: fc.integer({ min: 1, max: 40 }),
        padding: fc.integer({ min: 0, max: 2 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.noBias(cases), async ({ batch, channels, rows, height, width, padding }) => {
          if (Math.min(height, width) + 2 * padding < 3) return;
          const [x, w, dy] = inputs([batch, channels, height, width], rows, padding);
          const got = await run(backend, x, w, dy, padding);
          const want = await run(reference, x, w, dy, padding);
          const what = `[${x.shape}] to ${rows}, padding ${padding}`;
          expectNear(got[0], want[0], 9 * channels, `conv2d ${what}`);
          expectNear(got[1], want[1], 9 * rows, `conv2dInputGrad ${what}`);
          expectNear(got[2], want[2], sizeOf(dy.shape) / rows, `conv2dWeightGrad ${what}`);
          const without = await run(exact, x, w, dy, padding);
          for (let k = 0; k < 3; k++) if (differs(got[k], without[k])) used[k]++;
        }),
        { numRuns: 60 },
      );
      for (const count of used) expect(count).toBeGreaterThan(5);
    });

    it.each<[string, Shape, number]>([
      ['bands of one image', [2, 24, 64, 90], 16],
      ['many images at once', [37, 16, 8, 8], 24],
      ['several panels of tiles', [3, 160, 21, 18], 170],
      ['more channels than one product is deep', [6, 600, 14, 13], 30],
    ])('agrees for %s', async (_, x, rows) => {
      const given = inputs(x, rows, 1);
      const [got, want] = [await run(backend, ...given, 1), await run(exact, ...given, 1)];
      for (let k = 0; k < 3; k++) expect(differs(got[k], want[k])).toBe(true);
      expectNear(got[0], want[0], 9 * x[1], 'conv2d');
      expectNear(got[1], want[1], 9 * rows, 'conv2dInputGrad');
      expectNear(got[2], want[2], sizeOf(given[2].shape) / rows, 'conv2dWeightGrad');
    });

    it('writes nothing beside its result', async () => {
      const [x, w] = inputs([1, 16, 12, 34], 16, 0);
      const y = { shape: [1, 16, 10, 32], dtype: 'float32' } as const;
      // 20 KiB fill a block of the heap, so what is written past them is a neighbour's.
      const neighbours = Array.from({ length: 8 }, () => {
        const spec = { shape: [sizeOf(y.shape)], dtype: 'float32' } as const;
        return { ...spec, buffer: backend.upload(new Float32Array(spec.shape[0]).fill(7), spec) };
      });
      backend.release(neighbours[3].buffer);
      await runKernel(backend, 'conv2d', [x, w], attrs(0), y);
      for (const [i, input] of neighbours.entries()) {
        if (i === 3) continue;
        expect((await backend.read(input)).every((value) => value === 7)).toBe(true);
        backend.release(input.buffer);
      }
    });

    it('leaves other strides, dilations, groups and kernels to the product', async () => {
      const w = random([16, 16, 3, 3], 'float32', 2);
      const cases: readonly (readonly [Partial<Conv2dAttrs>, HostInput, Shape])[] = [
        [{ stride: [2, 1] }, w, [2, 16, 10, 20]],
        [{ dilation: [1, 2], padding: [1, 2] }, w, [2, 16, 20, 20]],
        [{ groups: 2 }, random([16, 8, 3, 3], 'float32', 2), [2, 16, 20, 20]],
        [{}, random([16, 16, 3, 1], 'float32', 2), [2, 16, 20, 22]],
      ];
      const x = random([2, 16, 20, 20]);
      for (const [change, weight, shape] of cases) {
        const y = { shape, dtype: 'float32' } as const;
        const given = { ...attrs(1), ...change };
        const got = await runKernel(backend, 'conv2d', [x, weight], given, y);
        expect(got).toEqual(await runKernel(exact, 'conv2d', [x, weight], given, y));
      }
    });
  });
}

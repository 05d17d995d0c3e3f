import { BackendError, matmulShape } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryNumbers, evaluate, numbers } from './helpers.ts';

const straight = { transposeA: false, transposeB: false };
const a = numbers([1, 2, 3, 4, 5, 6], [2, 3]);

describe('matmul', () => {
  it('multiplies', async () => {
    const b = numbers([7, 8, 9, 10, 11, 12], [3, 2]);
    expect(await evaluate('matmul', [a, b], straight, [2, 2])).toEqual([58, 64, 139, 154]);
    expect(await evaluate('matmul', [a, a], { transposeA: false, transposeB: true }, [2, 2])).toEqual([14, 32, 32, 77]);
    expect(await evaluate('matmul', [a, a], { transposeA: true, transposeB: false }, [3, 3])).toEqual([
      17, 22, 27, 22, 29, 36, 27, 36, 45,
    ]);
  });

  it('broadcasts leading axes', async () => {
    const stack = numbers([1, 0, 0, 1, 0, 1, 1, 0], [2, 1, 2, 2]);
    const y = await evaluate('matmul', [stack, numbers([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])], straight, [2, 2, 2, 2]);
    expect(y).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 3, 4, 1, 2, 7, 8, 5, 6]);
  });

  it('sums nothing to zero', async () => {
    expect(await evaluate('matmul', [numbers([], [2, 0]), numbers([], [0, 2])], straight, [2, 2])).toEqual([0, 0, 0, 0]);
    expect(await evaluate('matmul', [numbers([], [0, 3]), numbers([1, 2, 3], [3, 1])], straight, [0, 1])).toEqual([]);
    expect(await evaluate('matmul', [numbers([], [0, 2, 3]), numbers(a.data, [3, 2])], straight, [0, 2, 2])).toEqual([]);
  });

  it('rounds a float32 product once', async () => {
    const row = numbers([1, 2 ** -24, 2 ** -24], [1, 3], 'float32');
    const ones = numbers([1, 1, 1], [3, 1], 'float32');
    expect(await evaluate('matmul', [row, ones], straight, [1, 1])).toEqual([1 + 2 ** -23]);
  });

  it('refuses integers', () => {
    const ints = numbers([1], [1, 1], 'int32');
    const call = () => evaluate('matmul', [ints, ints], straight, [1, 1]);
    expect(call).toThrow(BackendError);
    expect(call).toThrow('matmul: dtype must be one of float32, float64 on the reference backend, got int32 (cast first)');
  });

  it('is the triple loop, however operands are stored', async () => {
    const extent = fc.integer({ min: 1, max: 4 });
    const sample = fc.record({ m: extent, k: extent, n: extent, transposeA: fc.boolean(), transposeB: fc.boolean() });
    const operands = sample.chain(({ m, k, n, ...attrs }) => {
      const shapes = [attrs.transposeA ? [2, 1, k, m] : [2, 1, m, k], attrs.transposeB ? [3, n, k] : [3, k, n]];
      return fc.record({
        extents: fc.constant([m, k, n]),
        attrs: fc.constant(attrs),
        x: arbitraryNumbers(shapes[0]),
        y: arbitraryNumbers(shapes[1]),
      });
    });
    await fc.assert(
      fc.asyncProperty(operands, async ({ extents: [m, k, n], attrs, x, y }) => {
        const expected: number[] = [];
        for (let s = 0; s < 2; s++) {
          for (let t = 0; t < 3; t++) {
            for (let i = 0; i < m; i++) {
              for (let j = 0; j < n; j++) {
                let sum = 0;
                for (let p = 0; p < k; p++) {
                  const left = x.data[s * m * k + (attrs.transposeA ? p * m + i : i * k + p)];
                  sum += left * y.data[t * k * n + (attrs.transposeB ? j * k + p : p * n + j)];
                }
                expected.push(sum);
              }
            }
          }
        }
        expect(await evaluate('matmul', [x, y], attrs, matmulShape('matmul', x.shape, y.shape, attrs))).toEqual(expected);
      }),
    );
  });
});

import { ArgumentError, createReferenceBackend, GradientError, ShapeError } from '@dl/kernels';
import { conv2d, currentBackend, matmul, mul, ones, Rng, relu, sin, stack, sum, type Tensor, useBackend } from '@dl/tensor';
import { beforeEach, describe, expect, test } from 'vitest';
import { customVjp, hessian, hvp, jacfwd, jacobian } from '../src/index.ts';

beforeEach(() => useBackend(createReferenceBackend()));

const random = (shape: readonly number[], seed = 1): Tensor => new Rng(seed).uniform(shape, { low: -1, dtype: 'float64' });
const quartic = (x: Tensor): Tensor => sum(mul(mul(x, x), sin(x)));

async function expectClose(got: Tensor, want: Tensor): Promise<void> {
  const [a, b] = [await got.data(), await want.data()];
  expect(got.shape).toEqual(want.shape);
  b.forEach((value, i) => {
    expect(a[i]).toBeCloseTo(Number(value), 10);
  });
}

describe('hvp', () => {
  test('is the product with the Hessian', async () => {
    const f = (x: Tensor): Tensor => sum(sin(matmul(x, mul(x, x), { transposeA: true })));
    const [x, v] = [random([3, 2]), random([3, 2], 2)];
    const matrix = hessian(f)(x).reshape([6, 6]);
    await expectClose(hvp(f, x, v), matmul(matrix, v.reshape([6, 1])).reshape([3, 2]));
  });

  test('never holds the Hessian', () => {
    const n = 1000;
    const [x, v] = [random([n]), random([n], 2)];
    const { bytes, buffers } = currentBackend().stats();
    hvp(quartic, x, v);
    expect(currentBackend().stats().peakBytes - bytes).toBeLessThan((n * n * 8) / 10);
    expect(currentBackend().stats().buffers).toBe(buffers + 1);
  });

  test('refuses what does not fit', () => {
    expect(() => hvp(quartic, random([3]), random([2]))).toThrow(ShapeError);
    expect(() => hvp(sin, random([3]), random([3]))).toThrow(ShapeError);
    const noJvp = customVjp({ name: 'noJvp', forward: (y) => mul(y, 2), vjp: (g) => [mul(g, 2)] });
    expect(() => hvp((x) => sum(mul(noJvp(x), x)), random([3]), random([3]))).toThrow(GradientError);
  });
});

describe('jacfwd', () => {
  test.each([
    ['more outputs', (x: Tensor) => stack([sin(x), mul(x, x), x], 1), [2, 3]],
    ['fewer outputs', (x: Tensor) => sum(mul(x, sin(x)), 0), [4, 2]],
    ['one input', (x: Tensor) => stack([x, sin(x)]), []],
    ['a constant', () => ones([3], { dtype: 'float64' }), [2]],
    ['no input', (x: Tensor) => stack([x, x]), [0]],
  ] as const)('is the jacobian: %s', async (_, fn, shape) => {
    const x = random(shape);
    await expectClose(jacfwd(fn)(x), jacobian(fn)(x));
  });

  test('frees everything but the matrix', () => {
    const x = random([4]);
    const { buffers } = currentBackend().stats();
    jacfwd(sin)(x);
    expect(currentBackend().stats().buffers).toBe(buffers + 1);
  });
});

describe('a matrix above maxEntries', () => {
  const x = (): Tensor => ones([1, 3, 20, 20]);
  const weight = (): Tensor => ones([10, 3, 3, 3]);
  const layer = (image: Tensor): Tensor => relu(conv2d(image, weight()));
  const message =
    'the matrix must have at most 1000000 entries, got 3240 × 1200 = 3888000 ([1, 10, 18, 18] by [1, 3, 20, 20]): ' +
    'ask for products with vjp(), jvp() or hvp(), or raise maxEntries';

  test('is refused before it is made, by name of its size', () => {
    expect(() => jacobian(layer)(x())).toThrow(new ArgumentError('jacobian', message));
    expect(() => jacfwd(layer)(x())).toThrow(new ArgumentError('jacfwd', message));
    expect(() => hessian(quartic)(ones([1001]))).toThrow(ArgumentError);
  });

  test('is made when it is allowed', () => {
    const small = (y: Tensor): Tensor => mul(y, y);
    for (const matrix of [jacobian, jacfwd]) {
      expect(() => matrix(small, { maxEntries: 8 })(ones([3]))).toThrow('got 3 × 3 = 9 ([3] by [3])');
      expect(matrix(small, { maxEntries: 9 })(ones([3])).shape).toEqual([3, 3]);
    }
    expect(hessian(quartic, { maxEntries: 9 })(ones([3])).shape).toEqual([3, 3]);
  });
});

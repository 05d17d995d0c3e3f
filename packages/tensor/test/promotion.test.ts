import { type DType, dtypes } from '@dl/kernels';
import { beforeAll, describe, expect, it } from 'vitest';
import { add, DTypeError, div, mul, ones, pow, tensor, useBackend, where } from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

const yes = () => tensor([true]);
const one = (dtype: DType) => ones([1], { dtype });

describe('promotion', () => {
  it('gives two tensors the higher dtype of bool < uint8 < int32 < float32 < float64', () => {
    for (const [i, a] of dtypes.entries()) {
      for (const [j, b] of dtypes.entries()) expect(where(yes(), one(a), one(b)).dtype).toBe(dtypes[Math.max(i, j)]);
    }
  });

  const numbers: readonly (readonly [number, string, readonly DType[]])[] = [
    [1, 'fits everything but bool', ['int32', 'uint8', 'int32', 'float32', 'float64']],
    [-0, 'is an integer', ['int32', 'uint8', 'int32', 'float32', 'float64']],
    [255, 'fits uint8', ['int32', 'uint8', 'int32', 'float32', 'float64']],
    [256, 'is beyond uint8', ['int32', 'int32', 'int32', 'float32', 'float64']],
    [-1, 'is below uint8', ['int32', 'int32', 'int32', 'float32', 'float64']],
    [2 ** 31, 'is beyond int32', ['float32', 'float32', 'float32', 'float32', 'float64']],
    [0.5, 'is a fraction', ['float32', 'float32', 'float32', 'float32', 'float64']],
    [Number.NaN, 'is for floats', ['float32', 'float32', 'float32', 'float32', 'float64']],
    [Number.NEGATIVE_INFINITY, 'is for floats', ['float32', 'float32', 'float32', 'float32', 'float64']],
  ];
  it.each(numbers)('of a tensor and %d, which %s', async (value, _, expected) => {
    const results = dtypes.map((dtype) => where(yes(), value, one(dtype)));
    expect(results.map(({ dtype }) => dtype)).toEqual(expected);
    for (const result of results) expect((await result.item()) + 0).toBe(value + 0);
  });

  it('keeps the order of operands', async () => {
    expect(await add(tensor([1.5]), tensor([2], { dtype: 'int32' })).array()).toEqual([3.5]);
    expect(await div(1, tensor([2], { dtype: 'int32' })).array()).toEqual([0.5]);
    expect(await pow(2, tensor([3], { dtype: 'int32' })).array()).toEqual([8]);
    expect(await pow(tensor([4], { dtype: 'int32' }), 0.5).array()).toEqual([2]);
  });

  it('makes no arithmetic of two bytes', () => {
    const bytes = one('uint8');
    expect(() => add(bytes, 1)).toThrow(DTypeError);
    expect(() => mul(bytes, bytes)).toThrow("mul: dtype must be float or int32, got uint8: convert it with cast(x, 'float32')");
    expect(() => pow(one('bool'), one('bool'))).toThrow(DTypeError);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { format, tensor, useBackend } from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

function counting(...shape: number[]): ReturnType<typeof tensor> {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return tensor(
    Int32Array.from({ length: size }, (_, i) => i),
    { shape },
  );
}

describe('format', () => {
  it('aligns columns and indents rows', async () => {
    expect(
      await format(
        tensor([
          [1, -2.5],
          [10.25, 0],
        ]),
      ),
    ).toBe('[[ 1.0000, -2.5000],\n [10.2500,  0.0000]]');
  });

  it('shows whole floats with a point, and integers without', async () => {
    expect(await format(tensor([1, -20, 3]))).toBe('[  1., -20.,   3.]');
    expect(await format(tensor([1, -20, 3], { dtype: 'int32' }))).toBe('[  1, -20,   3]');
  });

  it('shows bool as words', async () => {
    expect(await format(tensor([true, false]))).toBe('[ true, false]');
  });

  it('shows NaN and infinities', async () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5];
    expect(await format(tensor(values), { precision: 1 })).toBe('[ nan,  inf, -inf,  0.5]');
  });

  it('takes scientific notation where values are far apart, huge or tiny', async () => {
    expect(await format(tensor([0.5, 4096]), { precision: 2 })).toBe('[5.00e-1, 4.10e+3]');
    expect(await format(tensor([2e9]), { precision: 1 })).toBe('[2.0e+9]');
    expect(await format(tensor([2 ** -20]), { precision: 1 })).toBe('[9.5e-7]');
  });

  it('shows a scalar bare, and nothing as empty brackets', async () => {
    expect(await format(tensor(2.5), { precision: 2 })).toBe('2.50');
    expect(await format(counting(0))).toBe('[]');
    expect(await format(counting(2, 0))).toBe('[[],\n []]');
  });

  it('separates matrices by empty lines', async () => {
    expect(await format(counting(2, 2, 2))).toBe('[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]');
  });

  it('leaves out the middle of long axes, and of those only', async () => {
    const text = await format(counting(100, 4), { threshold: 50, edgeItems: 2 });
    expect(text).toBe('[[  0,   1,   2,   3],\n [  4,   5,   6,   7],\n ...,\n [392, 393, 394, 395],\n [396, 397, 398, 399]]');
    expect(await format(counting(7), { threshold: 6, edgeItems: 1 })).toBe('[0, ..., 6]');
    expect(await format(counting(7), { threshold: 7, edgeItems: 1 })).toBe('[0, 1, 2, 3, 4, 5, 6]');
  });

  it('breaks rows at the line width, indented under their first element', async () => {
    expect(await format(counting(2, 6), { lineWidth: 14 })).toBe('[[ 0,  1,  2,\n   3,  4,  5],\n [ 6,  7,  8,\n   9, 10, 11]]');
  });
});

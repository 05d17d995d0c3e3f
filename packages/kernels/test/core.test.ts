import {
  ArgumentError,
  broadcastShapes,
  broadcastStrides,
  bytesPerElement,
  checkShape,
  createTypedArray,
  DlError,
  dtypes,
  formatShape,
  isFloat,
  normalizeAxes,
  normalizeAxis,
  promote,
  ShapeError,
  sameShape,
  sizeOf,
  stridesOf,
} from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryShape } from './helpers.ts';

describe('shapes', () => {
  it('have sizes and strides', () => {
    expect(sizeOf([])).toBe(1);
    expect(sizeOf([2, 3, 0])).toBe(0);
    expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
    expect(formatShape([2, 3])).toBe('[2, 3]');
    expect(sameShape([2, 3], [2, 3])).toBe(true);
    expect(sameShape([2, 3], [2])).toBe(false);
    expect(sameShape([2, 3], [2, 4])).toBe(false);
  });

  it('broadcast as in NumPy', () => {
    expect(broadcastShapes('add', [4, 1], [3])).toEqual([4, 3]);
    expect(broadcastShapes('add', [], [2, 0])).toEqual([2, 0]);
    expect(broadcastShapes('add', [1, 0], [5, 1])).toEqual([5, 0]);
    expect(broadcastStrides([4, 1], [2, 4, 3])).toEqual([0, 1, 0]);
    const message = 'shapes must broadcast, got 2 and 3 at axis 1 (a [4, 2], b [3])';
    expect(() => broadcastShapes('add', [4, 2], [3])).toThrow(new ShapeError('add', message));
    expect(() => broadcastShapes('add', [0], [2])).toThrow(ShapeError);
  });

  it('broadcast the same in either order', () => {
    const attempt = (a: readonly number[], b: readonly number[]) => {
      try {
        return broadcastShapes('op', a, b);
      } catch (error) {
        return (error as Error).name;
      }
    };
    fc.assert(
      fc.property(arbitraryShape(4), arbitraryShape(4), (a, b) => {
        expect(attempt(a, b)).toEqual(attempt(b, a));
      }),
    );
  });

  it('have axes counted from either end', () => {
    expect(normalizeAxis('sum', -1, 3)).toBe(2);
    expect(normalizeAxes('sum', undefined, 2)).toEqual([0, 1]);
    expect(normalizeAxes('sum', -2, 2)).toEqual([0]);
    expect(normalizeAxes('sum', [2, -3], 3)).toEqual([0, 2]);
    for (const axis of [2, -3, 0.5, Number.NaN]) {
      const message = `axis must be an integer in [-2, 2), got ${axis}`;
      expect(() => normalizeAxis('sum', axis, 2)).toThrow(new ShapeError('sum', message));
    }
    expect(() => normalizeAxes('sum', [1, -1], 2)).toThrow(new ShapeError('sum', 'axes must be distinct, got 1 twice'));
  });

  it('hold non-negative integers', () => {
    expect(() => checkShape('zeros', [2, 0])).not.toThrow();
    const message = 'extents must be non-negative integers, got -1 (shape [2, -1])';
    expect(() => checkShape('zeros', [2, -1])).toThrow(new ArgumentError('zeros', message));
    expect(() => checkShape('zeros', [1.5])).toThrow(ArgumentError);
  });
});

describe('dtypes', () => {
  it('know their arrays', () => {
    expect(dtypes.map(bytesPerElement)).toEqual([1, 1, 4, 4, 8]);
    expect(dtypes.filter(isFloat)).toEqual(['float32', 'float64']);
    for (const dtype of dtypes) {
      expect(createTypedArray(dtype, 3)).toHaveLength(3);
      expect(createTypedArray(dtype, 3).BYTES_PER_ELEMENT).toBe(bytesPerElement(dtype));
    }
  });

  it('promote to the higher of two', () => {
    for (const [rank, low] of dtypes.entries()) {
      for (const high of dtypes.slice(rank)) {
        expect(promote(low, high)).toBe(high);
        expect(promote(high, low)).toBe(high);
      }
    }
  });
});

describe('errors', () => {
  it('name the op, the rule and the place', () => {
    const error = new ShapeError('conv2d', 'channels must match, got 3 and 4').within('features.3 (Conv2d)');
    expect(error).toBeInstanceOf(DlError);
    expect(error.name).toBe('ShapeError');
    expect(error.op).toBe('conv2d');
    expect(error.message).toBe('conv2d: channels must match, got 3 and 4 in features.3 (Conv2d)');
    expect(error.stack).toMatch(/: conv2d: channels must match, got 3 and 4 in features\.3 \(Conv2d\)\n/);
  });
});

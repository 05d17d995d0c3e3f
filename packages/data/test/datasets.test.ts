import { ArgumentError, ShapeError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrayDataset, type Dataset, ImageDataset, map, split, subset } from '../src/index.ts';

const numbers = (size: number): Dataset<{ x: number }> => ({ size, get: (x) => ({ x }) });

const points = new ArrayDataset({
  x: { shape: [3, 2], dtype: 'float32', data: new Float32Array([0, 1, 10, 11, 20, 21]) },
  y: { shape: [3], dtype: 'int32', data: new Int32Array([5, 6, 7]) },
});

const images = new ImageDataset({
  pixels: new Uint8Array([0, 255, 51, 102, 10, 20, 30, 40]),
  labels: [1, 0],
  imageShape: [2, 1, 2],
  classNames: ['cat', 'dog'],
  normalize: { mean: [0.5, 0], std: [0.25, 1] },
  source: 'by hand',
});

describe('ArrayDataset', () => {
  it('gives rows one by one and many at once', () => {
    expect(points.get(1)).toEqual({
      x: { shape: [2], dtype: 'float32', data: new Float32Array([10, 11]) },
      y: { shape: [], dtype: 'int32', data: new Int32Array([6]) },
    });
    expect(points.getBatch([2, 0])).toEqual({
      x: { shape: [2, 2], dtype: 'float32', data: new Float32Array([20, 21, 0, 1]) },
      y: { shape: [2], dtype: 'int32', data: new Int32Array([7, 5]) },
    });
  });

  it('refuses an index outside of it', () => {
    for (const index of [-1, 3, 0.5, Number.NaN]) {
      expect(() => points.get(index)).toThrow(ArgumentError);
      expect(() => points.getBatch([0, index])).toThrow(`index must be an integer in [0, 3), got ${index}`);
    }
  });

  it('refuses fields that do not fit each other', () => {
    const row = { dtype: 'uint8', data: new Uint8Array(2) } as const;
    expect(() => new ArrayDataset({ x: { ...row, shape: [] } })).toThrow('a field must have an axis of rows, got a scalar (x)');
    expect(() => new ArrayDataset({ x: { ...row, shape: [3] } })).toThrow('got 2 elements for [3] (x)');
    const uneven = { x: { ...row, shape: [2] }, y: { ...row, shape: [1, 2] } };
    expect(() => new ArrayDataset(uneven)).toThrow(ShapeError);
    expect(() => new ArrayDataset(uneven)).toThrow('fields must have the same number of rows, got 2 and 1 (x, y)');
  });
});

describe('ImageDataset', () => {
  it('normalises each channel by its mean and deviation', () => {
    expect(images.get(0)).toEqual({
      x: { shape: [2, 1, 2], dtype: 'float32', data: new Float32Array([-2, 2, 0.2, 0.4]) },
      y: 1,
    });
  });

  it('stacks many and keeps the bytes for pictures', () => {
    const { x, y } = images.getBatch([1, 0, 1]);
    expect(x.shape).toEqual([3, 2, 1, 2]);
    expect(x.data.subarray(4, 8)).toEqual(images.get(0).x.data);
    expect(x.data.subarray(8)).toEqual(images.get(1).x.data);
    expect(y).toEqual({ shape: [3], dtype: 'int32', data: new Int32Array([0, 1, 0]) });
    expect(images.pixels(1)).toEqual(new Uint8Array([10, 20, 30, 40]));
  });

  it('refuses what does not fit', () => {
    const init = { pixels: new Uint8Array(4), labels: [0], imageShape: [1, 2, 2], classNames: ['a'], source: '' } as const;
    expect(() => new ImageDataset({ ...init, labels: [0, 0] })).toThrow(ShapeError);
    expect(() => new ImageDataset({ ...init, labels: [1] })).toThrow('labels must be below 1, got 1 (image 0)');
    expect(() => new ImageDataset({ ...init, normalize: { mean: 0, std: 0 } })).toThrow('std must be positive, got [0]');
    expect(() => new ImageDataset({ ...init, normalize: { mean: [0, 0], std: 1 } })).toThrow(
      'mean must be one finite number or 1',
    );
    expect(() => new ImageDataset(init).get(1)).toThrow(ArgumentError);
    expect(() => new ImageDataset(init).pixels(1)).toThrow(ArgumentError);
    expect(() => new ImageDataset(init).getBatch([1])).toThrow(ArgumentError);
  });
});

describe('subset', () => {
  it('has the chosen items in the chosen order, one by one and many at once', async () => {
    const two = subset(points, [2, 0]);
    expect(two.size).toBe(2);
    expect((await two.get(0)).y.data).toEqual(new Int32Array([7]));
    expect((await two.getBatch?.([1, 0]))?.y.data).toEqual(new Int32Array([5, 7]));
    expect(subset(numbers(3), [1]).getBatch).toBeUndefined();
  });

  it('refuses an index outside of the dataset or of itself', () => {
    expect(() => subset(points, [0, 3])).toThrow('subset: index must be an integer in [0, 3), got 3');
    expect(() => subset(points, [0]).get(1)).toThrow(ArgumentError);
    expect(() => subset(points, [0]).getBatch?.([1])).toThrow(ArgumentError);
  });
});

describe('map', () => {
  it('changes items, of a dataset that answers later too', async () => {
    const later: Dataset<{ x: number }> = { size: 3, get: async (x) => ({ x }) };
    const double = (item: { x: number }, index: number) => item.x * 2 + index;
    expect(map(numbers(3), double).get(2)).toBe(6);
    expect(await map(later, double).get(2)).toBe(6);
    expect(map(later, double).size).toBe(3);
  });
});

describe('split', () => {
  const members = (part: Dataset<{ x: number }>) => Array.from({ length: part.size }, (_, i) => (part.get(i) as { x: number }).x);

  it('deals every item to exactly one part', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), fc.nat(), (sizes, seed) => {
        const size = sizes.reduce((a, b) => a + b, 0);
        const parts = split(numbers(size), sizes, { seed });
        expect(parts.map((part) => part.size)).toEqual(sizes);
        expect(parts.flatMap(members).sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
      }),
    );
  });

  it('takes fractions, and gives what is left over to the first parts', () => {
    expect(split(numbers(11), [0.5, 0.3, 0.2]).map((part) => part.size)).toEqual([6, 3, 2]);
    expect(split(numbers(3), [0.1, 0.2, 0.7]).map((part) => part.size)).toEqual([1, 0, 2]);
  });

  it('depends on the seed alone', () => {
    const parts = (seed: number) => split(numbers(50), [25, 25], { seed }).map(members);
    expect(parts(1)).toEqual(parts(1));
    expect(parts(2)).not.toEqual(parts(1));
    expect(parts(0)[0]).not.toEqual(Array.from({ length: 25 }, (_, i) => i));
  });

  it.each([[[5, 4]], [[0.5, 0.4]], [[-1, 11]], [[]], [[2.5, 7.5]]])('refuses the parts %j of 10 items', (parts) => {
    expect(() => split(numbers(10), parts)).toThrow(ArgumentError);
    expect(() => split(numbers(10), parts)).toThrow('parts must add up to 10 items or to a fraction of 1');
  });

  it('gives parts under their names, the same as in a list', () => {
    const named = split(numbers(20), { train: 0.7, validation: 0.1, test: 0.2 }, { seed: 3 });
    expect(Object.keys(named)).toEqual(['train', 'validation', 'test']);
    expect(Object.values(named).map(members)).toEqual(split(numbers(20), [0.7, 0.1, 0.2], { seed: 3 }).map(members));
  });

  it('gives each part its share of each class, every item once, when it stratifies', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        counts,
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (classes, weights, seed) => {
          const stratify = classes.flatMap((count, label) => new Array<number>(count).fill(label));
          const size = stratify.length;
          const total = weights.reduce((a, b) => a + b, 0);
          fc.pre(size > 0 && total > 0);
          const parts = split(
            numbers(size),
            weights.map((weight) => weight / total),
            { seed, stratify },
          );
          expect(parts.flatMap(members).sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
          classes.forEach((count, label) => {
            parts.forEach((part, i) => {
              const got = members(part).filter((item) => stratify[item] === label).length;
              expect(Math.abs(got - (count * parts[i].size) / size)).toBeLessThanOrEqual(2);
            });
          });
        },
      ),
    );
  });

  it('stratifies by the seed, shuffles the parts, and wants a label an item', () => {
    const stratify = Array.from({ length: 60 }, (_, i) => Math.floor(i / 20));
    const parts = (seed: number) => split(numbers(60), [30, 30], { seed, stratify }).map(members);
    expect(parts(1)).toEqual(parts(1));
    expect(parts(2)).not.toEqual(parts(1));
    const labels = parts(1)[0].map((item) => stratify[item]);
    expect(labels).not.toEqual([...labels].sort());
    expect(() => split(numbers(3), [3], { stratify: [0] })).toThrow('stratify must have 3 labels, got 1');
  });

  it('refuses a seed that is no count', () => {
    expect(() => split(numbers(10), [1], { seed: -1 })).toThrow('seed must be a non-negative safe integer, got -1');
  });
});

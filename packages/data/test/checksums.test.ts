import { ArgumentError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ArrayDataset,
  concat,
  type Dataset,
  datasetChecksum,
  drawnDigits,
  ImageDataset,
  map,
  moons,
  split,
  subset,
} from '../src/index.ts';

const itemsOf = <T>(items: readonly T[]): Dataset<T> => ({ size: items.length, get: (i) => items[i] });
const init = {
  pixels: new Uint8Array([1, 2, 3, 4]),
  labels: [0, 1],
  imageShape: [1, 1, 2],
  classNames: ['a', 'b'],
  source: '',
} as const;

describe('datasetChecksum', () => {
  it('is equal for equal items and different for different ones', async () => {
    const item = fc.oneof(
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array({ maxLength: 4 }),
      fc.float32Array({ maxLength: 2, noNaN: true }),
      fc.array(fc.nat(3), { maxLength: 3 }),
      fc.record({ a: fc.nat(3), b: fc.string() }, { requiredKeys: ['a'] }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 4 }), fc.array(item, { maxLength: 4 }), async (one, other) => {
        const [a, again, b] = [
          await datasetChecksum(itemsOf(one)),
          await datasetChecksum(itemsOf(one)),
          await datasetChecksum(itemsOf(other)),
        ];
        expect(a).toMatch(/^[0-9a-f]{64}$/);
        expect(again).toBe(a);
        expect(a === b).toBe(fc.stringify(one) === fc.stringify(other));
      }),
      { numRuns: 50 },
    );
  });

  it('is that of SHA-256 by another program', async () => {
    // python: sha256(bytes(32) + b'number 1;{1:s1:xUint8Array3:' + bytes([7, 8, 9])).hexdigest()
    expect(await datasetChecksum(itemsOf([{ x: new Uint8Array([7, 8, 9]) }]))).toBe(
      '0d93f79815a85e0398469e720e93b8d03f5bd76d7c8c019541241eb5a055b13b',
    );
  });

  it('counts what lies beyond a chunk, and where', async () => {
    const large = new Uint8Array(3 * 2 ** 20);
    const sums = [await datasetChecksum(itemsOf([large]))];
    for (const at of [0, 2 ** 20 - 40, 2 ** 20, large.length - 1]) {
      large.fill(0)[at] = 1;
      sums.push(await datasetChecksum(itemsOf([large])));
    }
    expect(new Set(sums).size).toBe(5);
    large.fill(0);
    // python: the chain of the class's doc over b'number 1;Uint8Array3145728:' + bytes(3 << 20)
    expect(sums[0]).toBe('6afacf48a9a67adc9f5810b0953dacc451077b69c063677eb6a9030701290937');
  });

  it('does not depend on the order of fields', async () => {
    expect(await datasetChecksum(itemsOf([{ a: 1, b: 2 }]))).toBe(await datasetChecksum(itemsOf([{ b: 2, a: 1 }])));
  });

  it('refuses items that do not show what they hold', async () => {
    await expect(datasetChecksum(itemsOf<unknown>([() => 1]))).rejects.toThrow(ArgumentError);
    await expect(datasetChecksum(itemsOf<unknown>([new Map([[1, 2]])]))).rejects.toThrow('got a Map');
  });

  it('of images changes with a byte, a label, the shape and the normalisation alone', async () => {
    const sums = await Promise.all(
      [
        {},
        { pixels: new Uint8Array([1, 2, 3, 5]) },
        { labels: [1, 0] },
        { imageShape: [1, 2, 1] as const },
        { normalize: { mean: 0, std: 2 } },
      ].map((change) => datasetChecksum(new ImageDataset({ ...init, ...change }))),
    );
    expect(new Set(sums).size).toBe(5);
    expect(await datasetChecksum(new ImageDataset({ ...init, source: 'elsewhere' }))).toBe(sums[0]);
  });

  it('of drawn digits draws them', async () => {
    const digits = drawnDigits({ size: 5, seed: 1 });
    const sum = await datasetChecksum(digits);
    for (let i = 0; i < 5; i++) drawnDigits({ size: 5, seed: 1 }).get(i);
    expect(await datasetChecksum(digits)).toBe(sum);
    expect(await datasetChecksum(drawnDigits({ size: 5, seed: 2 }))).not.toBe(sum);
  });

  it('of parts and rows changes with what they have', async () => {
    const points = moons({ n: 20, noise: 0.1 });
    const parts = split(points, { train: 10, validation: 10 });
    const sums = await Promise.all(
      [points, parts.train, parts.validation, concat([parts.train, parts.validation])].map(datasetChecksum),
    );
    expect(new Set(sums).size).toBe(4);
    expect(await datasetChecksum(split(moons({ n: 20, noise: 0.1 }), [10, 10])[0])).toBe(sums[1]);
    expect(await datasetChecksum(subset(points, [3]))).not.toBe(await datasetChecksum(subset(points, [4])));
    expect(points.checksum).toBeDefined();
    expect(map(points, (item) => item).checksum).toBeUndefined();
  });
});

describe('Dataset.split', () => {
  const numbers = (name?: string): Dataset<number> => ({ ...itemsOf([0, 1, 2, 3]), split: name });

  it('is handed on by subset, map and unnamed parts', () => {
    const part = map(subset(numbers('train'), [1]), (x) => x + 1);
    expect(part.split).toBe('train');
    expect(split(numbers('train'), [2, 2])[1].split).toBe('train');
    expect(subset(numbers(), [0]).split).toBeUndefined();
  });

  it('is the name of a part, but what is of a test split stays so', () => {
    const named = (name?: string) =>
      Object.values(split(numbers(name), { train: 2, validation: 1, test: 1 })).map((part) => part.split);
    expect(named('train')).toEqual(['train', 'validation', 'test']);
    expect(named()).toEqual(['train', 'validation', 'test']);
    expect(named('test')).toEqual(['test', 'test', 'test']);
  });

  it('of a concatenation is test where one is, else what they have', () => {
    const of = (...names: (string | undefined)[]) => concat(names.map(numbers)).split;
    expect(of('train', 'train')).toBe('train');
    expect(of('train', 'validation')).toBe('train+validation');
    expect(of('train', 'test')).toBe('test');
    expect(of(undefined, 'test')).toBe('test');
    expect(of('train', undefined)).toBeUndefined();
  });

  it('is set by what has splits', () => {
    expect(drawnDigits({ size: 1 }).split).toBe('train');
    expect(drawnDigits({ size: 1, split: 'test' }).split).toBe('test');
  });
});

describe('concat', () => {
  const first = new ImageDataset(init);
  const second = new ImageDataset({ ...init, pixels: new Uint8Array([9, 8]), labels: [1] });

  it('has the items of all, in order, with their classes', () => {
    const all = concat<unknown>([first, subset(first, []), second]);
    expect(all.size).toBe(3);
    expect(all.get(1)).toEqual(first.get(1));
    expect(all.get(2)).toEqual(second.get(0));
    expect(all.classNames).toEqual(['a', 'b']);
    expect(all.labels).toEqual(new Int32Array([0, 1, 1]));
    expect(() => all.get(3)).toThrow('concat: index must be an integer in [0, 3), got 3');
  });

  it('has no classes where one has none', () => {
    const bare: Dataset<unknown> = { size: 1, get: (i) => first.get(i) };
    expect(concat<unknown>([first, bare])).toMatchObject({ classNames: undefined, labels: undefined });
  });

  it('refuses nothing, and classes of different names', () => {
    expect(() => concat([])).toThrow('there must be datasets, got none');
    expect(() => concat([first, new ImageDataset({ ...init, classNames: ['a', 'c'] })])).toThrow(
      'datasets must have the same classes, got ["a","b"] and ["a","c"]',
    );
  });

  it('keeps the classes of parts of its own', () => {
    const part = subset(concat([first, second]), [2, 0]);
    expect([part.labels, part.classNames]).toEqual([new Int32Array([1, 0]), ['a', 'b']]);
    expect(new ArrayDataset({ x: { shape: [1], dtype: 'int32', data: new Int32Array(1) } }, { split: 'test' }).split).toBe(
      'test',
    );
  });
});

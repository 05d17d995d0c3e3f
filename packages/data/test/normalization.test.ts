import { ArgumentError, ShapeError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { ArrayDataset, type Dataset, fitNormalization, type ImageSample, normalize, split, subset } from '../src/index.ts';

const [n, c, side] = [40, 2, 3];
const values = Float32Array.from(
  { length: n * c * side * side },
  (_, i) => (((37 * i) % 101) / 101) * (1 + (Math.floor(i / 9) % 2)),
);
const images = new ArrayDataset({
  x: { shape: [n, c, side, side], dtype: 'float32', data: values },
  y: { shape: [n], dtype: 'int32', data: new Int32Array(n) },
});

/** All numbers of a dataset by channel, once normalised. */
async function channels(dataset: Dataset<Pick<ImageSample, 'x'>>, apply: ReturnType<typeof normalize>): Promise<number[][]> {
  const out: number[][] = [[], []];
  for (let index = 0; index < dataset.size; index++) {
    const { data } = apply((await dataset.get(index)).x);
    for (const [i, value] of data.entries()) out[i < side * side ? 0 : 1].push(value);
  }
  return out;
}

const mean = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0) / some.length;

describe('fitNormalization', () => {
  it('gives every channel of the training split mean 0 and deviation 1', async () => {
    for (const channel of await channels(images, normalize(await fitNormalization(images, { kind: 'perChannel' })))) {
      expect(mean(channel)).toBeCloseTo(0, 5);
      expect(mean(channel.map((value) => value * value))).toBeCloseTo(1, 5);
    }
  });

  it('subtracts the mean image, so that each place has mean 0', async () => {
    const fitted = await fitNormalization(images, { kind: 'meanImage' });
    const apply = normalize(fitted);
    const sums = new Float64Array(c * side * side);
    for (let index = 0; index < n; index++) {
      for (const [i, value] of apply(images.get(index).x).data.entries()) sums[i] += value;
    }
    for (const sum of sums) expect(sum / n).toBeCloseTo(0, 5);
    expect(fitted.std).toBe(1);
  });

  it('brings the least number to -1 and the largest to 1', async () => {
    const all = (await channels(images, normalize(await fitNormalization(images, { kind: 'symmetric' })))).flat();
    expect(Math.min(...all)).toBeCloseTo(-1, 6);
    expect(Math.max(...all)).toBeCloseTo(1, 6);
  });

  it.each(['perChannel', 'meanImage', 'symmetric'] as const)('%s looks at the given split alone', async (kind) => {
    const [train, test] = split(images, [0.75, 0.25], { seed: 1 });
    const seen = new Set<number>();
    const watched: Dataset<Pick<ImageSample, 'x'>> = {
      size: train.size,
      get(index) {
        seen.add(index);
        return train.get(index);
      },
    };
    const fitted = await fitNormalization(watched, { kind });
    expect(seen.size).toBe(train.size);
    expect(fitted).toEqual(await fitNormalization(train, { kind }));
    expect(fitted).not.toEqual(await fitNormalization(test, { kind }));
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
  });

  it('refuses what has nothing to learn from', async () => {
    await expect(fitNormalization(subset(images, []), { kind: 'meanImage' })).rejects.toThrow('there must be images, got none');
    const even = new ArrayDataset({ x: { shape: [2, 1, 1, 2], dtype: 'float32', data: new Float32Array(4).fill(0.3) } });
    await expect(fitNormalization(even, { kind: 'perChannel' })).rejects.toThrow('(channel 0)');
    await expect(fitNormalization(even, { kind: 'symmetric' })).rejects.toThrow(ArgumentError);
    const uneven: Dataset<Pick<ImageSample, 'x'>> = {
      size: 2,
      get: (index) => ({ x: { shape: [1, 1, index + 1], dtype: 'float32', data: new Float32Array(index + 1) } }),
    };
    await expect(fitNormalization(uneven, { kind: 'meanImage' })).rejects.toThrow(ShapeError);
  });
});

describe('normalize', () => {
  it('refuses numbers that do not fit', () => {
    expect(() => normalize({ mean: 0, std: [1, 0] })).toThrow(ArgumentError);
    expect(() => normalize({ mean: Number.NaN, std: 1 })).toThrow(ArgumentError);
    expect(() => normalize({ mean: [0, 0, 0], std: 1 })(images.get(0).x)).toThrow('mean must be 1, 2 or 18 numbers, got 3');
  });
});

import { createHash } from 'node:crypto';
import { ArgumentError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { drawnDigits, type ImageDataset } from '../src/index.ts';
import { softmaxRegressionAccuracy } from './softmax-regression.ts';

const image = (digits: ImageDataset, index: number) => Buffer.from(digits.pixels(index)).toString('hex');

describe('drawnDigits', () => {
  it('has ten classes of 28×28 images, about equally many of each', () => {
    const digits = drawnDigits({ size: 5000 });
    expect([digits.size, digits.imageShape, digits.classNames]).toEqual([5000, [1, 28, 28], [...'0123456789']]);
    const counts = new Array<number>(10).fill(0);
    for (const label of digits.labels) counts[label]++;
    expect(Math.min(...counts)).toBeGreaterThan(430);
    expect(Math.max(...counts)).toBeLessThan(570);
    expect(digits.source).toBe('digits drawn by the computer (seed 0)');
  });

  it('has the size of MNIST unless told otherwise', () => {
    expect([drawnDigits().size, drawnDigits({ split: 'test' }).size]).toEqual([60_000, 10_000]);
  });

  it('draws an image that depends on (seed, index) alone: not on the size, nor on what was taken before', () => {
    const one = drawnDigits({ size: 10, seed: 3 });
    const other = drawnDigits({ size: 50, seed: 3 });
    for (const index of [7, 0, 9, 7, 3]) {
      expect(image(one, index)).toBe(image(other, index));
      expect(one.labels[index]).toBe(other.labels[index]);
    }
    expect(drawnDigits({ size: 10, seed: 3 }).getBatch([3, 7]).x.data).toEqual(one.getBatch([3, 7]).x.data);
  });

  it('never draws one image twice: not in a set, nor for another seed or split', () => {
    const sets = [drawnDigits({ size: 500 }), drawnDigits({ size: 500, seed: 1 }), drawnDigits({ size: 500, split: 'test' })];
    const images = sets.flatMap((digits) => Array.from({ length: 500 }, (_, i) => image(digits, i)));
    expect(new Set(images).size).toBe(1500);
  });

  it('draws these very bits, on every machine', () => {
    const digits = drawnDigits({ size: 200, seed: 42 });
    const hash = createHash('sha256').update(digits.labels);
    for (let i = 0; i < digits.size; i++) hash.update(digits.pixels(i));
    expect(hash.digest('hex')).toMatchInlineSnapshot(`"3513b4226c726943760384730d54b4a8dc76c3e85b847788512ef42c65bf751f"`);
  });

  it('is normalised to mean 0 and deviation 1', () => {
    const { x } = drawnDigits({ size: 2000 }).getBatch(Uint32Array.from({ length: 2000 }, (_, i) => i));
    const values = Float64Array.from(x.data);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect(
      drawnDigits({ size: 1, normalize: { mean: 0, std: 1 } })
        .get(0)
        .x.data.every((value) => value >= 0 && value <= 1),
    ).toBe(true);
  });

  it('keeps most of the ink inside the image', () => {
    const digits = drawnDigits({ size: 1000 });
    let border = 0;
    let whole = 0;
    for (let i = 0; i < digits.size; i++) {
      digits.pixels(i).forEach((pixel, at) => {
        const [row, column] = [Math.floor(at / 28), at % 28];
        const ink = pixel > 60 ? pixel : 0;
        whole += ink;
        if (Math.min(row, column) === 0 || Math.max(row, column) === 27) border += ink;
      });
    }
    expect(whole).toBeGreaterThan(0);
    expect(border / whole).toBeLessThan(0.03);
  });

  it('can be learnt, but not by a linear model', () => {
    const accuracy = softmaxRegressionAccuracy(drawnDigits({ size: 6000 }), drawnDigits({ size: 1000, split: 'test' }));
    expect(accuracy).toBeGreaterThan(0.5);
    expect(accuracy).toBeLessThan(0.85);
  });

  it.each([{ size: -1 }, { size: 1.5 }, { seed: -1 }, { seed: 0.5 }])('refuses %j', (options) => {
    expect(() => drawnDigits({ size: 1, ...options })).toThrow(ArgumentError);
  });
});

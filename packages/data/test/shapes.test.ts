import { createHash } from 'node:crypto';
import { ArgumentError, type HostTensor } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { instanceMasks, rleArea, rleToBox, segmentationToRle, shapeClasses, shapes } from '../src/index.ts';
import { softmaxRegressionAccuracy } from './softmax-regression.ts';

const bytes = ({ data }: HostTensor) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

describe('shapes', () => {
  it('says of each pixel, box and mask the same', async () => {
    const scenes = shapes({ size: 12, seed: 3, imageSize: [32, 48], count: [1, 6] });
    const seen = [0, 0, 0];
    for (let i = 0; i < scenes.size; i++) {
      const { image, boxes, labels, areas, segmentations, classMap, iscrowd } = await scenes.get(i);
      const masks = instanceMasks(segmentations, [32, 48]);
      expect([image.shape, classMap.shape, masks.shape]).toEqual([
        [3, 32, 48],
        [32, 48],
        [labels.data.length, 32, 48],
      ]);
      const classes = new Int32Array(32 * 48);
      labels.data.forEach((label, n) => {
        const rle = segmentationToRle(segmentations[n], [32, 48]);
        expect([...boxes.data.subarray(4 * n, 4 * n + 4)]).toEqual(rleToBox(rle));
        expect(areas.data[n]).toBe(rleArea(rle));
        for (let p = 0; p < classes.length; p++) if (masks.data[n * classes.length + p]) classes[p] += label + 1;
        seen[label]++;
      });
      expect(classMap.data).toEqual(classes);
      expect(iscrowd.data.every((flag) => flag === 0)).toBe(true);
    }
    expect(Math.min(...seen)).toBeGreaterThan(2);
  });

  it('draws shapes of the areas that their boxes allow', async () => {
    // Of the square about it, a circle takes π/4, a square turned by θ 1 / (1 + sin 2θ), a triangle less than a half or a little more.
    const scenes = shapes({ size: 60, count: [1, 1], imageSize: [48, 48] });
    const shares: number[][] = [[], [], []];
    for (let i = 0; i < scenes.size; i++) {
      const { boxes, labels, areas } = await scenes.get(i);
      const [x0, y0, x1, y1] = boxes.data;
      shares[labels.data[0]].push(areas.data[0] / ((x1 - x0) * (y1 - y0)));
    }
    const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
    const [circle, square, triangle] = shares.map(range);
    expect([circle[0] > 0.7, circle[1] < 0.85]).toEqual([true, true]);
    expect([square[0] > 0.45, square[1] <= 1]).toEqual([true, true]);
    expect([triangle[0] > 0.35, triangle[1] < 0.6]).toEqual([true, true]);
  });

  it('draws an image that depends on (seed, split, index) alone', async () => {
    const one = shapes({ size: 10, seed: 3, imageSize: [24, 24] });
    const other = shapes({ size: 50, seed: 3, imageSize: [24, 24] });
    for (const index of [7, 0, 7, 3]) expect(await one.get(index)).toEqual(await other.get(index));
    const image = async (options: Parameters<typeof shapes>[0]) =>
      Buffer.from(bytes((await shapes(options).get(0)).image)).toString('hex');
    const images = await Promise.all([image({}), image({ seed: 1 }), image({ split: 'test' })]);
    expect(new Set(images).size).toBe(3);
    expect([shapes().size, shapes({ split: 'test' }).size, shapes({ split: 'test' }).split]).toEqual([10_000, 1_000, 'test']);
  });

  it('draws these very bits, on every machine', async () => {
    const hash = createHash('sha256');
    const scenes = shapes({ size: 30, seed: 42, count: [2, 9] });
    for (let i = 0; i < scenes.size; i++) {
      const { image, boxes, labels, classMap } = await scenes.get(i);
      for (const part of [image, boxes, labels, classMap]) hash.update(bytes(part));
    }
    expect(hash.digest('hex')).toMatchInlineSnapshot(`"b1391f9fea6e92fbe0941cd23b2e95dffab374304974434cc4bc3e90ea6b96a3"`);
  });

  it.each([
    [{ size: -1 }, 'size must be a non-negative integer, got -1'],
    [{ seed: 0.5 }, 'seed must be a non-negative safe integer, got 0.5'],
    [{ imageSize: [8, 64] }, 'imageSize must be a height and a width in [16, 4096], got [8, 64]'],
    [{ noise: 2 }, 'noise must be in [0, 1], got 2'],
    [{ count: [3, 2] }, 'count must be two integers in [1, 100], the smaller first, got [3, 2]'],
    [{ count: [0, 2] }, 'got [0, 2]'],
  ] as const)('refuses %j', (options, message) => {
    expect(() => shapes(options)).toThrow(ArgumentError);
    expect(() => shapes(options)).toThrow(message);
  });

  it('refuses an index outside', () => {
    expect(() => shapes({ size: 3 }).get(3)).toThrow('shapes: index must be an integer in [0, 3), got 3');
  });
});

describe('shapeClasses', () => {
  it('is a dataset of images with a class each, which a linear model cannot tell apart', () => {
    const train = shapeClasses({ size: 300, imageSize: [16, 16] });
    const accuracy = softmaxRegressionAccuracy(train, shapeClasses({ size: 150, imageSize: [16, 16], split: 'test' }));
    expect([train.imageShape, train.classNames]).toEqual([
      [3, 16, 16],
      ['circle', 'square', 'triangle'],
    ]);
    expect(accuracy).toBeLessThan(0.6);
    for (const label of [0, 1, 2]) expect(train.labels.filter((one) => one === label).length).toBeGreaterThan(75);
  });

  it('draws an image when it is taken, whatever was taken before', () => {
    const one = shapeClasses({ size: 5, seed: 2 });
    const other = shapeClasses({ size: 9, seed: 2 });
    other.get(8);
    expect(other.getBatch([4, 1]).x).toEqual(one.getBatch([4, 1]).x);
    expect(new Set(one.pixels(3)).size).toBeGreaterThan(50);
  });
});

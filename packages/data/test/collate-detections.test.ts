import { ArgumentError, type HostTensor, ShapeError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { collateDetections, DataLoader, type Dataset, shapes } from '../src/index.ts';

const image = (shape: readonly number[], from: number): HostTensor => ({
  shape,
  dtype: 'float32',
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => from + i),
});

describe('collateDetections', () => {
  it('fills images up to the right and below', () => {
    const { images, sizes, targets } = collateDetections([
      { image: image([2, 1, 2], 1), name: 'wide' },
      { image: image([2, 2, 1], 5), name: 'high' },
    ]);
    expect(images).toEqual({
      shape: [2, 2, 2, 2],
      dtype: 'float32',
      data: new Float32Array([1, 2, 0, 0, 3, 4, 0, 0, 5, 0, 6, 0, 7, 0, 8, 0]),
    });
    expect([sizes, targets]).toEqual([
      [
        [1, 2],
        [2, 1],
      ],
      [{ name: 'wide' }, { name: 'high' }],
    ]);
  });

  it('makes batches in a DataLoader: a tensor of images, lists of boxes that differ in number', async () => {
    const scenes = shapes({ size: 5, seed: 1 });
    const counts: number[] = [];
    const loader = new DataLoader(scenes, { batchSize: 3, collate: collateDetections });
    for await (const { images, sizes, targets } of loader) {
      expect(images.shape).toEqual([sizes.length, 3, 64, 64]);
      expect(await images.data()).toHaveLength(sizes.length * 3 * 64 * 64);
      for (const { boxes, labels } of targets) {
        expect(boxes.shape).toEqual([labels.data.length, 4]);
        counts.push(labels.data.length);
      }
    }
    const each = await Promise.all([0, 1, 2, 3, 4].map(async (i) => (await scenes.get(i)).labels.data.length));
    expect(counts).toEqual(each);
    expect(new Set(counts).size).toBeGreaterThan(1);
  });

  it('refuses images of other channels, or none', async () => {
    const mixed = [image([3, 2, 2], 0), image([1, 2, 2], 0)];
    const message = 'images must be [c, h, w] of equal channels and dtype, got float32 [3, 2, 2] and float32 [1, 2, 2]';
    expect(() => collateDetections(mixed.map((one) => ({ image: one })))).toThrow(message);
    expect(() => collateDetections([{ image: image([2, 2], 0) }])).toThrow(ShapeError);
    expect(() => collateDetections([])).toThrow(ArgumentError);
    const dataset: Dataset<{ image: HostTensor }> = { size: 2, get: (i) => ({ image: mixed[i] }) };
    await expect(
      new DataLoader(dataset, { batchSize: 2, collate: collateDetections })[Symbol.asyncIterator]().next(),
    ).rejects.toThrow(message);
  });
});

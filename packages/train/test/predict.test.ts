import { ArrayDataset, DataLoader, type HostTensor } from '@dl/data';
import { ArgumentError, ShapeError } from '@dl/kernels';
import { Identity, Lambda, Linear } from '@dl/layers';
import { cast, currentBackend, greater, manualSeed, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { classify, predict } from '../src/index.ts';
import { blobs } from './blobs.ts';

const rows = (count: number): DataLoader<{ x: HostTensor }> => {
  const x: HostTensor = { shape: [count, 2], dtype: 'float32', data: Float32Array.from({ length: 2 * count }, (_, i) => i) };
  return new DataLoader(new ArrayDataset({ x }), { batchSize: 4 });
};

describe('predict', () => {
  it('gives what one pass over all samples gives, along the first axis', async () => {
    manualSeed(1);
    const model = new Linear(2, 3);
    const { shape, dtype, data } = await predict(model, rows(10));
    expect([shape, dtype]).toEqual([[10, 3], 'float32']);
    const whole = model.forward(tensor(Array.from({ length: 10 }, (_, i) => [2 * i, 2 * i + 1])));
    expect(data).toEqual(await whole.data());
  });

  it('keeps the dtype, and leaves batches that pass through to their loader', async () => {
    expect(await predict(new Identity(), rows(3))).toEqual({
      shape: [3, 2],
      dtype: 'float32',
      data: Float32Array.of(0, 1, 2, 3, 4, 5),
    });
    const signs = await predict(new Lambda((x) => cast(greater(x, 2), 'int32')), rows(3));
    expect(signs.data).toEqual(Int32Array.of(0, 0, 0, 1, 1, 1));
  });

  it('holds one batch at a time', async () => {
    const { buffers } = currentBackend().stats();
    const held: number[] = [];
    const model = new Lambda((x) => {
      held.push(currentBackend().stats().buffers - buffers);
      return x.mul(2);
    });
    await predict(model, rows(40));
    expect(new Set(held)).toEqual(new Set([held[0]]));
    expect(currentBackend().stats().buffers).toBe(buffers);
  });

  it('refuses no batch, and outputs that do not fit together', async () => {
    await expect(predict(new Identity(), [])).rejects.toThrow(ArgumentError);
    await expect(predict(new Identity(), [{ x: tensor([[1]]) }, { x: tensor([[1, 2]]) }])).rejects.toThrow(ShapeError);
    await expect(predict(new Identity(), [{ x: tensor(1) }])).rejects.toThrow('predict: outputs must be [n, ...] alike');
  });
});

describe('classify', () => {
  it('takes the first of the most probable classes, and gives probabilities', async () => {
    const scores = tensor([
      [0, 0, -50],
      [0, Math.log(3), -50],
    ]);
    const { labels, probabilities } = await classify(new Identity(), [{ x: scores }]);
    expect(labels).toEqual(Int32Array.of(0, 1));
    expect(Array.from(probabilities.data, (p) => Number(p.toFixed(6)))).toEqual([0.5, 0.5, 0, 0.25, 0.75, 0]);
  });

  it('takes loaders with targets too, and refuses what are no logits', async () => {
    const { labels } = await classify(new Linear(2, 3), new DataLoader(blobs(10, 1), { batchSize: 4 }));
    expect(labels).toHaveLength(10);
    await expect(classify(new Identity(), [{ x: tensor([[[1]]]) }])).rejects.toThrow(
      'classify: the model must give logits [n, c]',
    );
  });
});

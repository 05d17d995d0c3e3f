import { ArrayDataset, DataLoader } from '@dl/data';
import { BatchNorm1d, Linear, mseLoss, Sequential, stateDict } from '@dl/layers';
import { AveragedModel, SGD } from '@dl/optim';
import { currentBackend, Rng, randn, useBackend } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { fit, updateBn } from '../src/index.ts';

await useBackend('reference');

const data = { shape: [6, 2], dtype: 'float32', data: new Float32Array([1, 10, 3, 30, 5, 20, 7, 40, 2, 0, 6, 8]) } as const;
const loader = (): DataLoader<{ x: typeof data; y: typeof data }> =>
  new DataLoader(new ArrayDataset({ x: data, y: data }), { batchSize: 2 });

const statistics = async (model: Sequential): Promise<number[][]> =>
  Promise.all(
    ['running_mean', 'running_var', 'num_batches_tracked'].map(async (name) =>
      Array.from(await stateDict(model).get(`norm.${name}`)!.data(), Number),
    ),
  );

describe('updateBn', () => {
  it('makes running statistics the mean over the batches, whatever they were, and keeps the momentum', async () => {
    const model = new Sequential({ norm: new BatchNorm1d(2, { momentum: 0.3 }) });
    model.forward(randn([8, 2], { rng: new Rng(1) }), { training: true });
    await updateBn(model, loader());
    // Batches (1, 3), (5, 7), (2, 6) and (10, 30), (20, 40), (0, 8): means 2, 6, 4 and 20, 30, 4; unbiased variances 2, 2, 8 and 200, 200, 32.
    const [mean, variance, count] = await statistics(model);
    for (const [i, value] of [4, 18].entries()) expect(mean[i]).toBeCloseTo(value, 4);
    for (const [i, value] of [4, 144].entries()) expect(variance[i]).toBeCloseTo(value, 3);
    expect(count).toEqual([3]);
    const [norm] = model.modules().filter((module) => module instanceof BatchNorm1d);
    expect(norm.momentum).toBe(0.3);
  });

  it('keeps the momentum when the loader fails, and leaves no memory behind', async () => {
    const norm = new BatchNorm1d(2);
    const model = new Sequential({ norm });
    await updateBn(model, loader());
    const { buffers } = currentBackend().stats();
    await updateBn(model, loader());
    expect(currentBackend().stats().buffers).toBe(buffers);
    const failing = (async function* () {
      yield { x: randn([4, 2]) };
      throw new Error('no data');
    })();
    await expect(updateBn(model, failing)).rejects.toThrow('no data');
    expect(norm.momentum).toBe(0.1);
  });

  it('fits the statistics to averaged weights', async () => {
    const rng = new Rng(2);
    const model = new Sequential({ linear: new Linear(2, 2, { rng }), norm: new BatchNorm1d(2) });
    const optimizer = new SGD(model.parameters(), { lr: 0.1 });
    const averaged = new AveragedModel(model);
    await fit({
      model,
      loss: mseLoss,
      optimizer,
      train: loader(),
      epochs: 3,
      callbacks: [{ onStep: () => averaged.updateParameters() }],
    });
    averaged.apply();
    const before = await statistics(model);
    await updateBn(model, loader());
    expect(await statistics(model)).not.toEqual(before);
    expect(averaged.nAveraged).toBe(9);
  });
});

import { DataLoader, eachImage, type ImageTransform, randomCrop } from '@dl/data';
import { Conv2d, crossEntropy, Flatten, Identity, type Layer, Linear, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import { Adam } from '@dl/optim';
import { manualSeed } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { Accuracy, evaluate, fit } from '../src/index.ts';
import { smallDigits } from './small-digits.ts';

interface Outcome {
  readonly train: number;
  readonly test: number;
  /** By how much it does better on what it has seen. */
  readonly gap: number;
}

/** A small network on so many digits, for as many steps whatever their number. */
async function learn(size: number, { augment, pool }: { augment?: ImageTransform; pool?: Layer }): Promise<Outcome> {
  manualSeed(1);
  const features = pool === undefined ? 6 * 12 * 12 : 6 * 3 * 3;
  const model = new Sequential(new Conv2d(1, 6, 3), new ReLU(), pool ?? new Identity(), new Flatten(), new Linear(features, 10));
  const [data, held] = [smallDigits(size, 'train'), new DataLoader(smallDigits(300, 'test'), { batchSize: 300 })];
  const transform = augment && eachImage(augment);
  const train = new DataLoader(data, { batchSize: 50, shuffle: true, seed: 1, transform });
  const optimizer = new Adam(model.parameters(), { lr: 1e-2 });
  await fit({ model, loss: crossEntropy, optimizer, train, epochs: 8000 / size });
  const accuracyOn = async (loader: typeof held): Promise<number> =>
    (await evaluate(model, loader, { loss: crossEntropy, metrics: { accuracy: new Accuracy() } })).metrics.accuracy;
  const [seen, unseen] = [await accuracyOn(new DataLoader(data, { batchSize: 200 })), await accuracyOn(held)];
  return { train: seen, test: unseen, gap: seen - unseen };
}

describe('5.5 the gap between what was learnt and what was not seen shrinks', () => {
  let plain: Outcome;

  beforeAll(async () => {
    plain = await learn(200, {});
  });

  it('is wide for a network that learns a few images by heart', () => {
    expect(plain.train).toBeGreaterThan(0.98);
    expect(plain.gap).toBeGreaterThan(0.25);
  });

  it.each([
    ['with augmentation', () => learn(200, { augment: randomCrop(14, { padding: 1, paddingMode: 'edge' }) })],
    ['with pooling', () => learn(200, { pool: new MaxPool2d(4) })],
    ['with more data', () => learn(1000, {})],
  ])('5.5 %s', async (_what, outcome) => {
    const { gap, test } = await outcome();
    expect(gap).toBeLessThan(plain.gap - 0.05);
    expect(test).toBeGreaterThan(plain.test);
  });
});

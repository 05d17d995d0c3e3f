import { type Dataset, fitNormalization, type ImageSample, split } from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import {
  BatchNorm2d,
  Conv2d,
  Dropout,
  Flatten,
  Lambda,
  LeakyReLU,
  Linear,
  MaxPool2d,
  ReLU,
  Residual,
  Sequential,
} from '@dl/layers';
import { Rng } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RecipeReport, recipe, recipeNetwork, space } from '../src/index.ts';
import { smallDigits } from './small-digits.ts';

/** A dataset that remembers what was taken from it. */
function watched(dataset: Dataset<ImageSample>): Dataset<ImageSample> & { readonly seen: number[] } {
  const seen: number[] = [];
  return {
    ...dataset,
    seen,
    get(index) {
      seen.push(index);
      return dataset.get(index);
    },
  };
}

describe('recipe', () => {
  const [data, test] = [smallDigits(300, 'train'), watched(smallDigits(100, 'test'))];
  const seenBefore: number[] = [];
  const lines: string[] = [];
  let report: RecipeReport;

  beforeAll(async () => {
    report = await recipe({
      data,
      test,
      network: ({ classes, rng }) =>
        new Sequential(
          new Conv2d(1, 6, 3, { rng }),
          new ReLU(),
          new MaxPool2d(4),
          new Flatten(),
          new Linear(54, classes, { rng }),
        ),
      space: { lr: space.logUniform(3e-3, 3e-2), weightDecay: space.logUniform(1e-4, 1e-2) },
      trials: 3,
      searchEpochs: 3,
      epochs: 8,
      patience: 2,
      batchSize: 20,
      seed: 1,
      log(line) {
        lines.push(line);
        seenBefore.push(test.seen.length);
      },
    });
  }, 30_000);

  it('4.18 takes eight steps, and says what each found', () => {
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      '1 split',
      '2 normalise',
      '3 network',
      '4 by heart',
      '5 search',
      '6 train',
      '7 retrain',
      '8 test',
    ]);
    expect(report.split).toEqual({ train: 240, validation: 60, test: 100 });
    expect(report.network.lossOfChance).toBeCloseTo(Math.log(10), 12);
    expect(Math.abs(report.network.loss - Math.log(10))).toBeLessThan(0.5);
    expect(report.sanity).toMatchObject({ samples: 16, accuracy: 1 });
    expect(report.sanity.loss).toBeLessThan(0.3);
    expect(report.search.trials.map(({ budget }) => budget)).toEqual([3, 1, 1, 1]);
  });

  it('4.18 normalises by D alone', async () => {
    const parts = split(data, { train: 0.8, validation: 0.2 }, { seed: 1, stratify: data.labels });
    expect(report.normalization).toEqual(await fitNormalization(parts.train, { kind: 'perChannel' }));
    expect(report.normalization).not.toEqual(await fitNormalization(data, { kind: 'perChannel' }));
  });

  it('4.18 trains anew on D and V for as many epochs as were best on V', () => {
    const { history, bestEpoch } = report.training;
    const losses = history.map(({ validation }) => validation!.loss);
    expect(losses[bestEpoch - 1]).toBe(Math.min(...losses));
    expect(history.length).toBeLessThanOrEqual(Math.min(8, bestEpoch + 2));
    expect(report.retraining.samples).toBe(300);
    expect(report.retraining.history).toHaveLength(bestEpoch);
    expect(report.retraining.history.every(({ samples, validation }) => samples === 300 && validation === undefined)).toBe(true);
  });

  it('4.18 looks at T once, at the end', () => {
    expect(seenBefore).toEqual([0, 0, 0, 0, 0, 0, 0, 100]);
    expect(new Set(test.seen).size).toBe(100);
    expect(report.test.samples).toBe(100);
    expect(report.test.accuracy).toBeGreaterThan(0.3);
    expect(report.test.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(100);
  });

  it('can be written as JSON but for the model', () => {
    const { model, ...rest } = report;
    expect(JSON.parse(JSON.stringify(rest))).toEqual(JSON.parse(JSON.stringify({ ...rest })));
    expect(JSON.stringify(rest)).not.toContain('null');
    expect(model.parameters().length).toBeGreaterThan(0);
  });

  it('refuses test data to train on, training data to test with, and data without classes', async () => {
    await expect(recipe({ data: test, test })).rejects.toThrow('recipe: data must not be of the test split');
    await expect(recipe({ data, test: data })).rejects.toThrow("recipe: test must be of the test split, got split 'train'");
    await expect(recipe({ data: { ...data, labels: undefined }, test })).rejects.toThrow(
      'recipe: data must have labels, got none',
    );
    await expect(recipe({ data, test, validation: 1 })).rejects.toThrow(ArgumentError);
  });

  it('4.18 stops at a network that cannot learn a few images by heart', async () => {
    const blind = (): Sequential => new Sequential(new Flatten(), new Lambda((x) => x.mul(0)), new Linear(196, 10));
    await expect(recipe({ data, test, network: blind })).rejects.toThrow('must be able to learn a few images by heart');
  });
});

describe('recipeNetwork', () => {
  it('5.13 has what the advice asks for: a variant of ReLU, batch normalisation, dropout, residual blocks and He’s weights', async () => {
    const network = recipeNetwork({ imageShape: [3, 16, 16], classes: 4, rng: new Rng(1), width: 32 });
    const modules = network.modules();
    for (const kind of [LeakyReLU, BatchNorm2d, Dropout, Residual])
      expect(modules.some((module) => module instanceof kind)).toBe(true);
    const last = modules.filter((module) => module instanceof Linear)[0];
    const weights = await last.weight.data();
    const deviation = Math.sqrt(Array.from(weights).reduce((sum, weight) => sum + weight ** 2, 0) / weights.length);
    expect(deviation / Math.sqrt(2 / last.weight.shape[1])).toBeCloseTo(1, 1);
  });
});

import { DataLoader, drawnDigits, drawnDigitsNormalization } from '@dl/data';
import { ArgumentError, ShapeError } from '@dl/kernels';
import { crossEntropy, Flatten, Identity, Lambda, type Layer, Linear, ReLU, Sequential } from '@dl/layers';
import { Adam } from '@dl/optim';
import { argMax, manualSeed, Rng, softmax, type Tensor, tensor, zeros } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  Accuracy,
  cropView,
  Ensemble,
  evaluate,
  fit,
  fiveCrop,
  flipView,
  identityView,
  shiftView,
  TestTimeAugmentation,
  tenCrop,
} from '../src/index.ts';

const [members, samples, classes] = [4, 50, 3];

/** What several models say: random logits, with ties among the votes. */
const logits = Array.from({ length: members }, (_, m) => new Rng(m + 1).normal([samples, classes]));
const models = logits.map((said) => new Lambda(() => said));

async function rows(x: Tensor): Promise<number[][]> {
  return (await x.array()) as number[][];
}

const highest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

describe('by vote', () => {
  it('5.12 is the class that most say, and of several the one with the higher mean probability', async () => {
    const said = await Promise.all(logits.map(rows));
    const probabilities = await Promise.all(logits.map((one) => rows(softmax(one, 1))));
    const found = await argMax(new Ensemble(models, { combine: 'vote' }).forward(zeros([samples, 1])), 1).data();
    let ties = 0;
    for (let n = 0; n < samples; n++) {
      const counts = Array.from({ length: classes }, (_, c) => said.filter((member) => highest(member[n]) === c).length);
      const means = counts.map((_, c) => probabilities.reduce((sum, member) => sum + member[n][c], 0));
      const most = Math.max(...counts);
      if (counts.filter((count) => count === most).length > 1) ties++;
      expect(found[n], `sample ${n}`).toBe(highest(counts.map((count, c) => (count === most ? means[c] : -1))));
    }
    expect(ties).toBeGreaterThan(5);
  });

  it('gives the shares of the votes, of which the mean has one', async () => {
    const says = (...row: number[]): Layer => new Lambda(() => tensor([row]));
    const ensemble = new Ensemble([says(1, 0), says(2, 0), says(0, Math.log(3))], { combine: 'vote' });
    const [first, second] = await softmax(ensemble.forward(zeros([1, 1])), 1).data();
    const mean = (1 / (1 + Math.exp(-1)) + 1 / (1 + Math.exp(-2)) + 0.25) / 3;
    expect(first).toBeCloseTo((2 + mean) / 4, 6);
    expect(second).toBeCloseTo((1 + 1 - mean) / 4, 6);
  });

  it('stays finite where a probability is none in float32', async () => {
    const sure = new Lambda(() => tensor([[500, 0]]));
    for (const combine of ['vote', 'mean'] as const) {
      const output = await new Ensemble([sure, sure], { combine }).forward(zeros([1, 1])).data();
      expect(output.every(Number.isFinite), combine).toBe(true);
    }
  });
});

describe('by mean', () => {
  it('has the mean of the probabilities', async () => {
    const [found, ...each] = await Promise.all(
      [new Ensemble(models).forward(zeros([samples, 1])), ...logits].map((x) => rows(softmax(x, 1))),
    );
    found.forEach((row, n) => {
      for (const [c, p] of row.entries()) expect(p).toBeCloseTo(each.reduce((sum, member) => sum + member[n][c], 0) / members, 6);
    });
  });
});

describe('Ensemble', () => {
  it('has the parameters of all its models', () => {
    expect([...new Ensemble([new Linear(1, 2), new Linear(1, 2)]).namedParameters().keys()]).toEqual([
      'models.0.weight',
      'models.0.bias',
      'models.1.weight',
      'models.1.bias',
    ]);
  });

  it('refuses what is no ensemble', () => {
    expect(() => new Ensemble([])).toThrow('Ensemble: there must be a model, got none');
    // @ts-expect-error: no way to combine
    expect(() => new Ensemble([new Identity()], { combine: 'median' })).toThrow(ArgumentError);
    expect(() => new Ensemble([new Linear(1, 2), new Linear(1, 3)]).forward(zeros([1, 1]))).toThrow(ShapeError);
    expect(() => new Ensemble([new Identity()]).forward(zeros([1]))).toThrow(ShapeError);
  });
});

describe('views', () => {
  const image = tensor([
    [
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    ],
  ]);

  it('flip, shift and crop', async () => {
    expect(await flipView(image).array()).toEqual([
      [
        [
          [3, 2, 1],
          [6, 5, 4],
          [9, 8, 7],
        ],
      ],
    ]);
    expect(await shiftView(1, -1)(image).array()).toEqual([
      [
        [
          [0, 4, 5],
          [0, 7, 8],
          [0, 0, 0],
        ],
      ],
    ]);
    expect(await shiftView(-2, 1, { fill: -1 })(image).array()).toEqual([
      [
        [
          [-1, -1, -1],
          [3, -1, -1],
          [6, -1, -1],
        ],
      ],
    ]);
    const crops = await Promise.all(fiveCrop(2).map(async (view) => (await view(image).data())[0]));
    expect(crops).toEqual([1, 2, 4, 5, 1]);
    expect(await cropView([1, 3], 'center')(image).array()).toEqual([[[[4, 5, 6]]]]);
    expect(await Promise.all(tenCrop(2).map(async (view) => (await view(image).data())[0]))).toEqual([...crops, 2, 3, 5, 6, 2]);
    expect(identityView(image)).toBe(image);
  });

  it('refuse what they cannot do', () => {
    expect(() => shiftView(0.5, 0)).toThrow(ArgumentError);
    expect(() => shiftView(3, 0)(image)).toThrow('shiftView: shifts must be smaller than the images, got 3 and 0 of 3×3');
    expect(() => cropView(0)).toThrow(ArgumentError);
    // @ts-expect-error: no corner
    expect(() => cropView(1, 'left')).toThrow('cropView: corner must be one of center');
    expect(() => cropView(4)(image)).toThrow(ArgumentError);
    for (const view of [flipView, shiftView(1, 1), cropView(1)]) expect(() => view(zeros([3, 3]))).toThrow(ShapeError);
    expect(() => new TestTimeAugmentation(new Identity(), [])).toThrow('TestTimeAugmentation: there must be a view, got none');
  });
});

describe('on digits that are drawn off their places', () => {
  const test = new DataLoader(drawnDigits({ size: 600, split: 'test', seed: 3 }), { batchSize: 200 });
  const { mean, std } = drawnDigitsNormalization;
  const blank = -Number(mean) / Number(std);
  const steps = [0, 1, -1];
  const trained: Layer[] = [];

  async function accuracyOf(model: Layer): Promise<number> {
    return (await evaluate(model, test, { loss: crossEntropy, metrics: { accuracy: new Accuracy() } })).metrics.accuracy;
  }

  beforeAll(async () => {
    for (const seed of [1, 2, 3]) {
      manualSeed(seed);
      const model = new Sequential(new Flatten(), new Linear(784, 32), new ReLU(), new Linear(32, 10));
      const train = new DataLoader(drawnDigits({ size: 800, seed: 3 }), { batchSize: 50, shuffle: true, seed });
      await fit({ model, loss: crossEntropy, optimizer: new Adam(model.parameters(), { lr: 4e-3 }), train, epochs: 6 });
      trained.push(model);
    }
  });

  it.each(['vote', 'mean'] as const)('5.12 the %s over shifted views is more often right than one look', async (combine) => {
    const views = steps.flatMap((right) => steps.map((down) => shiftView(right, down, { fill: blank })));
    for (const model of trained) {
      const alone = await accuracyOf(model);
      expect(alone).toBeGreaterThan(0.6);
      expect(await accuracyOf(new TestTimeAugmentation(model, views, { combine }))).toBeGreaterThan(alone);
    }
  });

  it.each(['vote', 'mean'] as const)('4.22 the %s of several starts is better than they are on average', async (combine) => {
    const alone: number[] = [];
    for (const model of trained) alone.push(await accuracyOf(model));
    const mean = alone.reduce((sum, accuracy) => sum + accuracy, 0) / alone.length;
    expect(await accuracyOf(new Ensemble(trained, { combine }))).toBeGreaterThan(mean);
  });
});

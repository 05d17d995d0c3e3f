import { valueAndGrad } from '@dl/autograd';
import { drawnDigits } from '@dl/data';
import { Conv2d, crossEntropy, Flatten, type Layer, Linear, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import { Adam } from '@dl/optim';
import { argMax, concat, matmul, norm, Rng, type Tensor, tensor } from '@dl/tensor';
import { gaborBank } from './gabor-bank.ts';

interface Digits {
  readonly x: Tensor;
  readonly labels: readonly number[];
}

/** Accuracies of one linear classifier that has seen few digits, by what it sees them as. */
export interface FeatureComparison {
  readonly pixels: number;
  readonly learnt: number;
}

/**
 * A linear predictor is as good as its representation: on a hundred digits, one is trained on pixels and one on the features of a
 * convolutional network that has learnt from other digits.
 */
export async function learntFeatures(): Promise<FeatureComparison> {
  const features = learntNetwork();
  const [few, test] = [digits(1024, 100), digits(2048, 500)];
  const seenAs = async (represent: Layer): Promise<number> => {
    const [fewSeen, testSeen] = [few, test].map(({ x }) => represent.forward(x));
    const model = new Linear(fewSeen.shape[1], 10, { rng: new Rng(2) });
    train(model, { x: fewSeen, labels: few.labels }, { epochs: 100, batchSize: 100 });
    const found = await argMax(model.forward(testSeen), 1).data();
    return test.labels.filter((label, i) => Number(found[i]) === label).length / test.labels.length;
  };
  return { pixels: await seenAs(new Flatten()), learnt: await seenAs(features) };
}

/**
 * How like Hubel and Wiesel's cells the first filters of the network are, before and after it has learnt: the cosine between a filter and the
 * most similar of a family of Gabor filters, on average.
 */
export async function likeOrientedCells(): Promise<{ readonly before: number; readonly after: number }> {
  const banks = [3, 4.5, 6, 8].flatMap((wavelength) =>
    [0, 1].map((quarter) => gaborBank({ size: 5, orientations: 12, wavelength, phase: (quarter * Math.PI) / 2 })),
  );
  const family = concat(banks).reshape([-1, 25]);
  const likeness = async (epochs: number): Promise<number> => {
    const [weight] = learntNetwork(epochs).parameters();
    const filters = weight.reshape([-1, 25]);
    const contrast = filters.sub(filters.mean(1, { keepDims: true }));
    const cosines = matmul(contrast, family.transpose()).div(norm(contrast, 1, { keepDims: true }));
    return Number(await cosines.abs().max(1).mean().item());
  };
  return { before: await likeness(0), after: await likeness(10) };
}

/** The convolutions of a small network that has learnt a thousand digits. */
function learntNetwork(epochs = 3): Sequential {
  const rng = new Rng(1);
  const features = new Sequential(
    new Conv2d(1, 8, 5, { rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(8, 16, 5, { rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
  );
  train(new Sequential(features, new Linear(256, 10, { rng })), digits(0, 1024), { epochs, batchSize: 64 });
  return features;
}

function train(model: Layer, { x, labels }: Digits, { epochs, batchSize }: { epochs: number; batchSize: number }): void {
  const params = model.parameters();
  const optimizer = new Adam(params, { lr: 0.003 });
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let from = 0; from < labels.length; from += batchSize) {
      const part = x.slice([[from, from + batchSize]]);
      const target = tensor(labels.slice(from, from + batchSize), { dtype: 'int32' });
      optimizer.step(valueAndGrad(() => crossEntropy(model.forward(part), target), params).grads);
    }
  }
}

function digits(first: number, count: number): Digits {
  const all = drawnDigits({ size: first + count, seed: 1 });
  const samples = Array.from({ length: count }, (_, i) => all.get(first + i));
  const pixels = new Float32Array(count * 28 * 28);
  for (const [i, { x }] of samples.entries()) pixels.set(x.data, i * 28 * 28);
  return { x: tensor(pixels, { shape: [count, 1, 28, 28] }), labels: samples.map(({ y }) => Number(y)) };
}

import { valueAndGrad } from '@dl/autograd';
import {
  AdaptiveAvgPool2d,
  Conv2d,
  crossEntropy,
  Dropout,
  Flatten,
  freeze,
  Linear,
  MaxPool2d,
  ReLU,
  Sequential,
  stateDict,
  unfreeze,
} from '@dl/layers';
import { currentBackend, Rng, randn, slice, type Tensor, tensor, zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { cifarNet, extractFeatures, lenet5, loadMatching, resnet18, toConvolutional } from '../src/index.ts';

const rng = (seed = 1): Rng => new Rng(seed);

async function expectNear(actual: Tensor, expected: Tensor, digits = 5): Promise<void> {
  expect(actual.shape).toEqual(expected.shape);
  const [a, b] = [await actual.data(), await expected.data()];
  for (const [i, value] of b.entries()) expect(a[i]).toBeCloseTo(value, digits);
}

describe('toConvolutional', () => {
  // In small what a network for 224 × 224 is on 384 × 384: 28 pixels, slid by its stride of 4 over 48.
  const net = (): Sequential =>
    new Sequential({
      features: new Sequential(
        new Conv2d(2, 4, 5, { rng: rng() }),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(4, 6, 3, { rng: rng(2) }),
        new MaxPool2d(2),
      ),
      avgpool: new AdaptiveAvgPool2d(5),
      flatten: new Flatten(),
      classifier: new Sequential(
        new Dropout(),
        new Linear(150, 8, { rng: rng(3) }),
        new ReLU(),
        new Linear(8, 3, { bias: false, rng: rng(4) }),
      ),
    });

  it('2.29 gives for a larger image the map of the scores of its crops', async () => {
    const model = net();
    const slid = toConvolutional(model, [2, 28, 28]);
    const image = randn([1, 2, 48, 40], { rng: rng(5) });
    const scores = slid.forward(image);
    expect(scores.shape).toEqual([1, 3, 6, 4]);
    for (const [i, j] of [
      [0, 0],
      [2, 3],
      [5, 1],
    ]) {
      const crop = slice(image, [null, null, [4 * i, 4 * i + 28], [4 * j, 4 * j + 28]]);
      const there = slice(scores, [null, null, [i, i + 1], [j, j + 1]]).reshape([1, 3]);
      await expectNear(there, model.forward(crop));
    }
  });

  it('keeps names and shares the convolutions', () => {
    const model = net();
    const slid = toConvolutional(model, [2, 28, 28]);
    expect([...stateDict(slid).keys()]).toEqual([...stateDict(model).keys()]);
    expect(stateDict(slid).get('features.0.weight')).toBe(stateDict(model).get('features.0.weight'));
    expect(stateDict(slid).get('classifier.1.weight')?.shape).toEqual([8, 6, 5, 5]);
  });

  it('refuses adaptive pooling that does something', () => {
    expect(() => toConvolutional(net(), [2, 32, 32])).toThrow(
      'toConvolutional: adaptive pooling must keep the size of its map, got [1, 6, 6, 6] to [1, 6, 5, 5]',
    );
  });
});

describe('extractFeatures', () => {
  it('6.37 gives what named layers make, and frees the rest', async () => {
    const model = lenet5({ rng: rng() });
    const x = randn([2, 1, 28, 28], { rng: rng(2) });
    const features = extractFeatures(model, ['relu1', 'fc3']);
    features(x);
    const { buffers } = currentBackend().stats();
    const { relu1, fc3 } = features(x);
    expect(currentBackend().stats().buffers).toBe(buffers + 2);
    await expectNear(fc3, model.forward(x));
    await expectNear(relu1, model.layers[1].forward(model.layers[0].forward(x)));
  });

  it('finds stages in a residual network', () => {
    const { layer3, 'layer1.0.conv1': first } = extractFeatures(resnet18({ classes: 2 }), ['layer3', 'layer1.0.conv1'])(
      zeros([1, 3, 64, 64]),
    );
    expect([layer3.shape, first.shape]).toEqual([
      [1, 256, 4, 4],
      [1, 64, 16, 16],
    ]);
  });

  it('lets gradients through', async () => {
    const model = lenet5({ rng: rng() });
    const x = randn([1, 1, 28, 28], { rng: rng(2) });
    const { relu3: direct } = {
      relu3: valueAndGrad(() => extractFeatures(model, ['fc3'])(x).fc3.square().sum(), [x]).grads.get(x)!,
    };
    await expectNear(direct, valueAndGrad(() => model.forward(x).square().sum(), [x]).grads.get(x)!);
  });

  it('refuses names that the model lacks', () => {
    expect(() => extractFeatures(lenet5(), ['conv9'])).toThrow(
      /^extractFeatures: names must be of layers, got conv9 \(the model has conv1, /,
    );
  });
});

describe('6.40 transfer', () => {
  it('loads a backbone under a new head, and tells what it did', async () => {
    const [trained, model] = [cifarNet({ rng: rng() }), cifarNet({ classes: 4, rng: rng(2) })];
    const head = await stateDict(model).get('f8.weight')!.data();
    const report = loadMatching(model, new Map([...stateDict(trained), ['more', zeros([1])]]));
    expect(report).toEqual({
      loaded: ['c1', 'c3', 'c5', 'f7'].flatMap((name) => [`${name}.weight`, `${name}.bias`]),
      missing: [],
      unexpected: ['more'],
      mismatched: ['f8.weight', 'f8.bias'],
    });
    expect(await stateDict(model).get('c5.weight')!.data()).toEqual(await stateDict(trained).get('c5.weight')!.data());
    expect(await stateDict(model).get('f8.weight')!.data()).toEqual(head);
    expect(loadMatching(model, new Map())).toMatchObject({ missing: [...stateDict(model).keys()], loaded: [] });
  });

  it('trains the head alone where the rest is frozen', () => {
    const model = cifarNet({ rng: rng() });
    freeze(model);
    unfreeze(model, 'f8');
    const x = randn([2, 3, 32, 32], { rng: rng(2) });
    const { grads } = valueAndGrad(() => crossEntropy(model.forward(x), tensor([1, 2], { dtype: 'int32' })), model.parameters());
    expect([...grads.keys()].map(({ shape }) => shape)).toEqual([[10, 64], [10]]);
  });
});

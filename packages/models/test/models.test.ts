import { ArgumentError } from '@dl/kernels';
import { stateDict, summary } from '@dl/layers';
import { manualSeed, Rng, zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { createModel, lenet5, type ModelName, mlp, modelNames, perceptron } from '../src/index.ts';

describe('architectures', () => {
  it('LeNet-5 has the paper’s sizes', () => {
    const { parameters, layers } = summary(lenet5(), [1, 1, 28, 28]);
    expect(parameters).toBe(61_706);
    expect(layers.filter(({ parameters: own }) => own > 0).map(({ outputShapes }) => outputShapes[0].slice(1))).toEqual([
      [6, 28, 28],
      [16, 10, 10],
      [120],
      [84],
      [10],
    ]);
    expect([...stateDict(lenet5()).keys()]).toEqual(
      ['conv1', 'conv2', 'fc1', 'fc2', 'fc3'].flatMap((name) => [`${name}.weight`, `${name}.bias`]),
    );
  });

  it('LeNet-5 takes colour images and other numbers of classes', () => {
    expect(lenet5({ inChannels: 3, classes: 4 }).forward(zeros([2, 3, 28, 28])).shape).toEqual([2, 4]);
  });

  it('an MLP has ReLU between its layers, none after the last', () => {
    expect(mlp([4, 3, 2, 1]).layers.map((layer) => layer.constructor.name)).toEqual([
      'Flatten',
      'Linear',
      'ReLU',
      'Linear',
      'ReLU',
      'Linear',
    ]);
    expect(() => mlp([4])).toThrow('mlp: sizes must have at least an input and an output, got [4]');
  });

  it('a perceptron is one linear layer', () => {
    expect([...stateDict(perceptron(784, 10)).keys()]).toEqual(['linear.weight', 'linear.bias']);
  });
});

describe('createModel', () => {
  it.each(modelNames)('makes %s for MNIST', (name) => {
    expect(createModel(name).forward(zeros([2, 1, 28, 28])).shape).toEqual([2, 10]);
  });

  it('fits images and classes', () => {
    expect(createModel('mlp', { imageShape: [3, 8, 8], classes: 5 }).forward(zeros([2, 3, 8, 8])).shape).toEqual([2, 5]);
  });

  it.each(modelNames)('draws the weights of %s from the generator', async (name) => {
    const first = async (rng?: Rng): Promise<unknown> => createModel(name, { rng }).parameters()[0].data();
    manualSeed(3);
    const byDefault = await first();
    expect(await first(new Rng(3))).toEqual(byDefault);
    expect(await first(new Rng(4))).not.toEqual(byDefault);
  });

  it('refuses unknown names and images that do not fit', () => {
    expect(() => createModel('vgg' as ModelName)).toThrow(ArgumentError);
    expect(() => createModel('vgg' as ModelName)).toThrow(
      'createModel: name must be lenet, mlp, perceptron, resnet20, resnet32, resnet44, resnet56, resnet110, got vgg',
    );
    expect(() => createModel('lenet', { imageShape: [1, 32, 32] })).toThrow('lenet takes images of 28 × 28, got 32 × 32');
  });
});

import { ArgumentError } from '@dl/kernels';
import { stateDict, summary } from '@dl/layers';
import { manualSeed, Rng, zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  createModel,
  describeModels,
  FCN,
  GoogLeNet,
  lenet5,
  type ModelName,
  mlp,
  modelNames,
  perceptron,
  ResNet,
} from '../src/index.ts';

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

/** Those that are made in an instant. */
const small = modelNames.filter((name) => describeModels().some((row) => row.name === name && row.classes === 10));

describe('createModel', () => {
  it.each(small)('makes %s for the images it is described with', (name) => {
    const { imageShape } = describeModels().find((row) => row.name === name)!;
    expect(createModel(name).forward(zeros([2, ...imageShape])).shape).toEqual([2, 10]);
  });

  it.each([
    ['resnet18', ResNet],
    ['resnet50', ResNet],
    ['googlenet', GoogLeNet],
    ['fcn_resnet50', FCN],
  ] as const)('makes %s', (name, kind) => {
    const model = createModel(name, { classes: 3 });
    expect(model).toBeInstanceOf(kind);
    expect(model.forward(zeros([1, 3, 32, 32])).shape.slice(0, 2)).toEqual([1, 3]);
  });

  it('has a line about each', () => {
    const rows = describeModels();
    expect(rows.map(({ name }) => name)).toEqual(modelNames);
    expect(new Set(rows.map(({ description }) => description)).size).toBe(modelNames.length);
    expect(rows.find(({ name }) => name === 'vgg16_bn')).toEqual({
      name: 'vgg16_bn',
      description: 'VGG of 16 layers with batch normalisation',
      imageShape: [3, 224, 224],
      classes: 1000,
    });
  });

  it('6.39 has heads for classes, numbers and pixels', () => {
    expect(createModel('lenet', { classes: 7 }).forward(zeros([2, 1, 28, 28])).shape).toEqual([2, 7]);
    expect(createModel('mlp', { classes: 1 }).forward(zeros([2, 1, 28, 28])).shape).toEqual([2, 1]);
    expect(createModel('fcn_resnet50', { classes: 2 }).forward(zeros([1, 3, 16, 24])).shape).toEqual([1, 2, 16, 24]);
  });

  it('fits images and classes', () => {
    expect(createModel('mlp', { imageShape: [3, 8, 8], classes: 5 }).forward(zeros([2, 3, 8, 8])).shape).toEqual([2, 5]);
    expect(createModel('resnet20', { imageShape: [1, 32, 32] }).conv1.weight.shape).toEqual([16, 1, 3, 3]);
  });

  it.each(small)('draws the weights of %s from the generator', async (name) => {
    const first = async (rng?: Rng): Promise<unknown> => createModel(name, { rng }).parameters()[0].data();
    manualSeed(3);
    const byDefault = await first();
    expect(await first(new Rng(3))).toEqual(byDefault);
    expect(await first(new Rng(4))).not.toEqual(byDefault);
  });

  it('refuses unknown names and images that do not fit', () => {
    expect(() => createModel('resnt50' as ModelName)).toThrow(ArgumentError);
    expect(() => createModel('resnt50' as ModelName)).toThrow(
      /^createModel: name must be threshold_logic_unit, .*, fcn_resnet50, got resnt50; did you mean resnet50\?$/,
    );
    expect(() => createModel('VGG16' as ModelName)).toThrow('did you mean vgg16?');
    expect(() => createModel('transformer' as ModelName)).toThrow(/got transformer$/);
    expect(() => createModel('lenet', { imageShape: [1, 32, 32] })).toThrow('lenet takes images of 28 × 28, got 32 × 32');
    expect(() => createModel('googlenet', { imageShape: [1, 32, 32] })).toThrow('googlenet takes images of 3 channels, got 1');
  });
});

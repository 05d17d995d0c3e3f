import { checkGradients, valueAndGrad } from '@dl/autograd';
import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { manualSeed, ones, Rng, randn, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  AlphaDropout,
  AvgPool2d,
  alphaDropout,
  Conv2d,
  Dropout,
  Dropout1d,
  Dropout2d,
  Dropout3d,
  dropout,
  Flatten,
  featureDropout,
  GELU,
  Identity,
  type Layer,
  LeakyReLU,
  Linear,
  LogSoftmax,
  MaxPool2d,
  ReLU,
  Sequential,
  Sigmoid,
  SiLU,
  Softmax,
  Tanh,
} from '../src/index.ts';

const values = async (x: Tensor): Promise<number[]> => Array.from(await x.data());

describe('Linear', () => {
  it('is x Wᵀ + b over the last axis', async () => {
    const layer = new Linear(2, 3);
    layer.weight.assign(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    layer.bias!.assign(tensor([10, 20, 30]));
    expect(await values(layer.forward(tensor([[[1, 1]]])))).toEqual([13, 27, 41]);
    expect(layer.forward(ones([4, 5, 2])).shape).toEqual([4, 5, 3]);
  });

  it('has no bias where none is wanted', () => {
    expect(new Linear(2, 3, { bias: false }).parameters()).toHaveLength(1);
  });
});

describe('Conv2d', () => {
  it('hands stride, padding, dilation and groups to the op', () => {
    expect(new Conv2d(4, 6, 3, { stride: 2, padding: 1, groups: 2 }).forward(ones([1, 4, 9, 9])).shape).toEqual([1, 6, 5, 5]);
    expect(new Conv2d(4, 6, [3, 1], { dilation: 2, bias: false }).forward(ones([1, 4, 9, 9])).shape).toEqual([1, 6, 5, 9]);
    expect(new Conv2d(4, 6, 3, { groups: 2 }).weight.shape).toEqual([6, 2, 3, 3]);
  });

  it('adds its bias to each channel', async () => {
    const layer = new Conv2d(1, 2, 1);
    layer.weight.assign(tensor([1, 2], { shape: [2, 1, 1, 1] }));
    layer.bias!.assign(tensor([10, 20]));
    expect(await values(layer.forward(tensor([[[[3]]]])))).toEqual([13, 26]);
  });

  it('learns: gradients of weight, bias and input have their shapes', () => {
    const layer = new Conv2d(3, 10, 3);
    const x0 = randn([1, 3, 20, 20]);
    const x1 = randn([1, 10, 18, 18]);
    const { grads } = valueAndGrad(
      () => new ReLU().forward(layer.forward(x0)).add(x1).sum(),
      [x0, x1, layer.weight, layer.bias!],
    );
    expect([...grads.values()].map(({ shape }) => shape)).toEqual([[1, 3, 20, 20], [1, 10, 18, 18], [10, 3, 3, 3], [10]]);
  });
});

describe('small layers', () => {
  it('pool, flatten and pass on', async () => {
    const x = tensor([
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ]);
    expect(await values(new MaxPool2d(2).forward(x))).toEqual([4]);
    expect(await values(new AvgPool2d(2).forward(x))).toEqual([2.5]);
    expect(new MaxPool2d(3, { stride: 1, padding: 1 }).forward(x).shape).toEqual([1, 1, 2, 2]);
    expect(new AvgPool2d([1, 2]).forward(x).shape).toEqual([1, 1, 2, 1]);
    expect(new Flatten().forward(x).shape).toEqual([1, 4]);
    expect(new Flatten(2, 3).forward(x).shape).toEqual([1, 1, 4]);
    expect(await values(new Identity().forward(x))).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, Layer, number[]]>([
    ['ReLU', new ReLU(), [0, 0, 2]],
    ['Sigmoid', new Sigmoid(), [0.26894142, 0.5, 0.88079708]],
    ['Tanh', new Tanh(), [-0.76159416, 0, 0.96402758]],
    ['LeakyReLU', new LeakyReLU({ negativeSlope: 0.25 }), [-0.25, 0, 2]],
    ['GELU', new GELU(), [-0.15865525, 0, 1.95449974]],
    ['GELU tanh', new GELU({ approximate: 'tanh' }), [-0.15880801, 0, 1.95459769]],
    ['SiLU', new SiLU(), [-0.26894142, 0, 1.76159416]],
    ['Softmax', new Softmax(), [0.04201007, 0.1141952, 0.84379473]],
    ['LogSoftmax', new LogSoftmax(0), [-3.16984602, -2.16984602, -0.16984602]],
  ])('%s computes its function', async (_name, layer, expected) => {
    const actual = await values(layer.forward(tensor([-1, 0, 2])));
    for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 6);
  });
});

describe('dropout', () => {
  it('zeroes a share p and scales the others, so that the mean stays', async () => {
    const y = await values(dropout(ones([20_000]), { p: 0.25, rng: new Rng(3) }));
    const kept = y.filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.75)]));
    // Five standard deviations of a binomial share.
    expect(Math.abs(kept.length / y.length - 0.75)).toBeLessThan(5 * Math.sqrt((0.75 * 0.25) / y.length));
  });

  it('has the same mask in the gradient', async () => {
    const x = ones([50]);
    const rng = new Rng(5);
    let y: number[] = [];
    const { grads } = valueAndGrad(() => {
      const dropped = dropout(x, { rng });
      y = [];
      void dropped.data().then((data) => y.push(...data));
      return dropped.sum();
    }, [x]);
    const grad = await values(grads.get(x)!);
    expect(grad).toEqual(y);
    expect(new Set(grad)).toEqual(new Set([0, 2]));
  });

  it('is the identity at p = 0, and nothing at p = 1', async () => {
    expect(await values(dropout(tensor([1, 2]), { p: 0 }))).toEqual([1, 2]);
    expect(await values(dropout(tensor([1, 2]), { p: 1 }))).toEqual([0, 0]);
  });

  it('happens in training only, from the generator that is passed', async () => {
    const model = new Sequential(new Dropout(0.5), new Identity());
    const x = ones([64]);
    expect(await values(model.forward(x))).toEqual(await values(x));
    const drop = (seed: number): Promise<number[]> => values(model.forward(x, { training: true, rng: new Rng(seed) }));
    expect(await drop(1)).toEqual(await drop(1));
    expect(await drop(1)).not.toEqual(await drop(2));
  });

  it('draws from the default generator where none is passed', async () => {
    const drop = (): Promise<number[]> => {
      manualSeed(9);
      return values(new Dropout().forward(ones([64]), { training: true }));
    };
    expect(await drop()).toEqual(await drop());
  });
});

describe('dropout in two modes', () => {
  const x = ones([20_000]).mul(2);
  const mean = async (y: Tensor): Promise<number> => y.mean().item();

  it.each([true, false])('expects the same of training as of inference (rescale %s)', async (rescale) => {
    const layer = new Dropout(0.75, { rescale });
    const trained = layer.forward(x, { training: true, rng: new Rng(2) });
    const evaluated = await mean(layer.forward(x));
    expect(evaluated).toBeCloseTo(rescale ? 2 : 0.5, 6);
    expect(new Set(await values(trained))).toEqual(new Set([0, rescale ? 8 : 2]));
    // Five standard deviations of a binomial share, times what a survivor is worth.
    const worth = rescale ? 8 : 2;
    expect(Math.abs((await mean(trained)) - evaluated)).toBeLessThan(5 * worth * Math.sqrt((0.75 * 0.25) / 20_000));
  });

  it('draws another mask for every mini-batch, not once an epoch', async () => {
    const rng = new Rng(3);
    const layer = new Dropout(0.5);
    const [first, second] = [1, 2].map(() => layer.forward(ones([64]), { training: true, rng }));
    expect(await values(first)).not.toEqual(await values(second));
  });

  it.each<[Layer, number[]]>([
    [new Dropout1d(0.5), [8, 32, 3]],
    [new Dropout2d(0.5), [8, 32, 3, 2]],
    [new Dropout3d(0.5), [8, 32, 2, 3, 2]],
  ])('%# drops whole channels', async (layer, shape) => {
    const plane = shape.slice(2).reduce((product, extent) => product * extent, 1);
    const y = layer.forward(ones(shape), { training: true, rng: new Rng(1) }).reshape([256, plane]);
    const planes = (await y.array()) as number[][];
    for (const values of planes) expect([0, 2 * plane]).toContain(values.reduce((total, v) => total + v, 0));
    const kept = planes.filter(([first]) => first > 0).length;
    expect(Math.abs(kept / 256 - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / 256));
    expect(await values(layer.forward(ones(shape)))).toEqual(await values(ones(shape)));
  });

  it('of channels scales what it keeps unless told otherwise', async () => {
    const y = featureDropout(ones([1, 64]), { p: 0.75, rescale: false, rng: new Rng(1) });
    expect(new Set(await values(y))).toEqual(new Set([0, 1]));
    expect(await values(featureDropout(ones([1, 2]), { p: 1 }))).toEqual([0, 0]);
    expect(await values(alphaDropout(ones([2]), { p: 1 }))).toEqual([0, 0]);
    expect(await values(alphaDropout(tensor([1, -2]), { p: 0 }))).toEqual([1, -2]);
  });
});

describe('arguments', () => {
  it.each<[() => unknown, new (...args: never[]) => Error, string]>([
    [() => new Linear(0, 1), ArgumentError, 'Linear: inFeatures must be a positive integer, got 0'],
    [() => new Linear(1, 1.5), ArgumentError, 'Linear: outFeatures must be a positive integer, got 1.5'],
    [() => new Conv2d(3, 4, 0), ArgumentError, 'Conv2d: kernelHeight must be a positive integer, got 0'],
    [
      () => new Conv2d(3, 4, 3, { groups: 2 }),
      ArgumentError,
      'Conv2d: groups must divide both channel counts, got 2 for 3 and 4',
    ],
    [() => new Dropout(1.5), ArgumentError, 'Dropout: p must be in [0, 1], got 1.5'],
    [() => new Dropout2d(2), ArgumentError, 'Dropout2d: p must be in [0, 1], got 2'],
    [() => new AlphaDropout(-1), ArgumentError, 'AlphaDropout: p must be in [0, 1], got -1'],
    [() => alphaDropout(ones([1]), { p: 2 }), ArgumentError, 'alphaDropout: p must be in [0, 1], got 2'],
    [() => new Dropout1d().forward(ones([2, 3])), ShapeError, 'Dropout1d: x must have 3 axes, got [2, 3]'],
    [() => featureDropout(ones([2])), ShapeError, 'featureDropout: x must be [n, c, ...], got [2]'],
    [() => dropout(ones([1]), { p: -1 }), ArgumentError, 'dropout: p must be in [0, 1], got -1'],
    [
      () => dropout(ones([1], { dtype: 'int32' })),
      DTypeError,
      "dropout: dtype must be float, got int32: convert it with cast(x, 'float32')",
    ],
    [() => new Linear(3, 1).forward(ones([2, 4])), ShapeError, 'got 4 and 3'],
  ])('%# outside their domain are refused', (make, type, message) => {
    expect(make).toThrow(type);
    expect(make).toThrow(message);
  });
});

it('a gradient flows through a small network', async () => {
  manualSeed(4);
  const model = new Sequential(
    new Conv2d(1, 2, 3),
    new Tanh(),
    new AvgPool2d(2),
    new Flatten(),
    new Linear(8, 3),
    new LogSoftmax(1),
  );
  const x = randn([2, 1, 6, 6], { rng: new Rng(1) });
  expect(await checkGradients((input) => model.forward(input), [x])).toBeLessThan(2e-2);
});

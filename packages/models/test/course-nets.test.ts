import { loadStateDict, type Sequential, stateDict, summary } from '@dl/layers';
import { Rng, randn, tensor, zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  cifarNet,
  cifarNetConvolutional,
  filterNet,
  mlp,
  multiperceptron,
  nin,
  perceptron,
  plain20,
  plain56,
  resnet20,
  thresholdLogicUnit,
} from '../src/index.ts';

const sizes = (model: Sequential): number[] => [...stateDict(model).values()].map(({ size }) => size);
const rng = (seed = 1): Rng => new Rng(seed);

describe('perceptrons', () => {
  it('6.1 a threshold logic unit of 400 inputs says 1 above its threshold, else 0', async () => {
    const unit = thresholdLogicUnit(400);
    // Fires where more than half of the 20 × 20 pixels are set.
    loadStateDict(
      unit,
      new Map([
        ['linear.weight', tensor(new Float32Array(400).fill(1), { shape: [1, 400] })],
        ['linear.bias', tensor([-200])],
      ]),
    );
    const digits = [180, 200, 201, 400].flatMap((set) => Array.from({ length: 400 }, (_, i) => (i < set ? 1 : 0)));
    expect(await unit.forward(tensor(digits, { shape: [4, 1, 20, 20] })).data()).toEqual(new Float32Array([0, 0, 1, 1]));
  });

  it('6.2 one against all: two steps may both say yes; tanh tells which says it louder', async () => {
    const weights = new Map([
      [
        'linear.weight',
        tensor([
          [0.55, -0.12],
          [-0.32, 0.5],
        ]),
      ],
      ['linear.bias', tensor([0.4, -0.2])],
    ]);
    const [steps, scores, soft] = [thresholdLogicUnit(2, { units: 2 }), perceptron(2, 2), multiperceptron(2, 2)];
    for (const model of [steps, scores, soft]) loadStateDict(model, weights);
    const x = tensor([
      [0.3, -0.5],
      [-0.4, 1],
    ]);
    const values = async (model: Sequential): Promise<number[]> => [...(await model.forward(x).data())];
    for (const [i, expected] of [0.625, -0.546, 0.06, 0.428].entries()) {
      expect((await values(scores))[i]).toBeCloseTo(expected, 6);
    }
    expect(await values(steps)).toEqual([1, 0, 1, 1]);
    expect((await values(soft))[2]).toBeCloseTo(0.0599, 4);
    expect((await values(soft))[3]).toBeCloseTo(0.4036, 4);
    expect([...(await soft.forward(x).argMax(1).data())]).toEqual([0, 1]);
  });

  it('6.3 a multiperceptron keeps scores within ±1', async () => {
    const scores = await multiperceptron(784, 10)
      .forward(randn([3, 1, 28, 28], { rng: rng() }).mul(100))
      .data();
    expect(Math.max(...scores.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(scores).toHaveLength(30);
  });

  it('6.4 784-64-10 has 50,240 parameters in its first layer, and 640 final weights', () => {
    const [weight, bias, last] = sizes(mlp([784, 64, 10]));
    expect([weight + bias, last]).toEqual([50_240, 640]);
  });
});

describe('the first convolutional networks', () => {
  it.each([
    ['6.5 nine filters: 51,840 final weights', false, 51_840],
    ['6.6 with max pooling: 12,960', true, 12_960],
  ])('%s', (_, pool, expected) => {
    const model = filterNet({ pool });
    expect(stateDict(model).get('linear.weight')?.size).toBe(expected);
    expect(stateDict(model).get('conv.weight')?.shape).toEqual([9, 1, 5, 5]);
    expect(model.forward(zeros([2, 1, 28, 28])).shape).toEqual([2, 10]);
  });

  it('6.8 C1 P2 C3 P4 C5 P6 F7 F8: the third layer sees 32 channels', () => {
    const { layers, parameters } = summary(cifarNet(), [1, 3, 32, 32]);
    const shapes = layers.filter(({ name }) => /^[cpf]\d$/.test(name)).map(({ outputShapes: [[, ...shape]] }) => shape);
    expect(shapes).toEqual([[32, 32, 32], [32, 16, 16], [32, 16, 16], [32, 8, 8], [64, 8, 8], [64, 4, 4], [64], [10]]);
    expect(stateDict(cifarNet()).get('c3.weight')?.shape).toEqual([32, 32, 5, 5]);
    expect(parameters).toBe(145_578);
  });

  it('6.8 drops units in training alone', async () => {
    const model = cifarNet({ rng: rng() });
    const x = randn([1, 3, 32, 32], { rng: rng(2) });
    const values = async (training: boolean): Promise<unknown> =>
      model.forward(x, { training, rng: rng(training ? 3 : 4) }).data();
    expect(await values(false)).toEqual(await model.forward(x).data());
    expect(await values(true)).not.toEqual(await values(false));
  });

  it('6.9 made convolutional, it is the same for 32 × 32 and takes any size', async () => {
    const [model, convolutional] = [cifarNet({ rng: rng() }), cifarNetConvolutional({ rng: rng() })];
    const x = randn([2, 3, 32, 32], { rng: rng(2) });
    const [a, b] = [await model.forward(x).data(), await convolutional.forward(x).data()];
    for (const [i, value] of a.entries()) expect(b[i]).toBeCloseTo(value, 5);
    expect(convolutional.forward(zeros([1, 3, 50, 37])).shape).toEqual([1, 10]);
  });

  it('6.9 network in network takes any size', () => {
    const model = nin();
    expect(sizes(model).reduce((a, b) => a + b)).toBe(966_986);
    for (const [h, w] of [
      [32, 32],
      [24, 45],
    ]) {
      expect(model.forward(zeros([1, 3, h, w])).shape).toEqual([1, 10]);
    }
  });
});

describe('plain networks', () => {
  it('6.18 have the parameters of residual ones, under the same names', () => {
    expect([...stateDict(plain20()).keys()]).toEqual([...stateDict(resnet20()).keys()]);
    expect(
      plain56()
        .parameters()
        .reduce((total, { size }) => total + size, 0),
    ).toBe(853_018);
  });

  it('6.18 pass nothing around their convolutions', async () => {
    const make = (build: typeof plain20) => {
      const model = build({ rng: rng() });
      for (const [name, parameter] of stateDict(model)) if (/bn2\.weight$/.test(name)) parameter.assign(zeros(parameter.shape));
      return model;
    };
    const x = randn([1, 3, 8, 8], { rng: rng(2) });
    const [plain, residual] = [make(plain20), make(resnet20)];
    expect(await plain.forward(x).data()).toEqual(await plain.linear.bias!.data());
    expect(await residual.forward(x).data()).not.toEqual(await residual.linear.bias!.data());
  });
});

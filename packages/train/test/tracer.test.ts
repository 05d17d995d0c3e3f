import { ArrayDataset, DataLoader, type HostTensor } from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import { crossEntropy, type Layer, Linear, Module, mseLoss, ReLU, Sequential, Sigmoid, Tanh } from '@dl/layers';
import { SGD } from '@dl/optim';
import {
  add,
  currentBackend,
  exp,
  full,
  log,
  manualSeed,
  mul,
  Parameter,
  relu,
  sigmoid,
  sqrt,
  sub,
  type Tensor,
  tensor,
  tidy,
} from '@dl/tensor';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Finding, type FitOptions, fit, type Loss, type TracerOptions, tracer } from '../src/index.ts';
import { blobs } from './blobs.ts';

type Options = TracerOptions & Partial<Pick<FitOptions, 'loss' | 'optimizer' | 'train' | 'accumulate'>>;

/** What a tracer finds in a training of 12 steps, looking at each. */
async function trace(model: Layer, options: Options = {}): Promise<readonly Finding[]> {
  const { loss = crossEntropy, train = loader(), accumulate = 1, ...rest } = options;
  const { optimizer = new SGD(model.parameters(), { lr: 0.1 }), ...ofTracer } = rest;
  const callback = tracer({ every: 1, window: 4, onFinding: () => {}, ...ofTracer });
  await fit({ model, loss, optimizer, train, epochs: 3, accumulate, callbacks: [callback] });
  return callback.findings;
}

const loader = (): DataLoader<{ x: HostTensor; y: HostTensor }> => new DataLoader(blobs(32, 1), { batchSize: 8 });

const where = ({ kind, where: place, path, op }: Finding): unknown[] => [kind, place, path, op];

/** Applies a function, and has a parameter so that there is something to train. */
class Apply extends Module implements Layer {
  readonly scale: Parameter = new Parameter(full([1], 1));
  readonly #fn: (x: Tensor) => Tensor;

  constructor(fn: (x: Tensor) => Tensor) {
    super();
    this.#fn = fn;
  }

  override forward(x: Tensor): Tensor {
    return this.#fn(mul(x, this.scale));
  }
}

/** A linear layer with chosen numbers in place of drawn ones. */
function filled(layer: Linear, weight: number, bias: number): Linear {
  layer.weight.assign(full(layer.weight.shape, weight));
  layer.bias?.assign(full(layer.bias.shape, bias));
  return layer;
}

/** Many layers of one kind, with weights of a scale. */
function deep(depth: number, scale: number, activation: () => Layer): Sequential {
  const layers = Array.from({ length: depth }, () => [new Linear(8, 8), activation()]).flat();
  const model = new Sequential(new Linear(2, 8), ...layers, new Linear(8, 3));
  for (const parameter of model.parameters()) tidy(() => parameter.assign(mul(parameter, scale)));
  return model;
}

beforeEach(() => manualSeed(1));

describe('tracer', () => {
  it('finds nothing wrong with a healthy network', async () => {
    for (const activation of [() => new ReLU(), () => new Tanh(), () => new Sigmoid()]) {
      const model = new Sequential(new Linear(2, 16), activation(), new Linear(16, 16), activation(), new Linear(16, 3));
      expect(await trace(model)).toEqual([]);
    }
  });

  it('names the layer and the op that first gave NaN or infinity', async () => {
    const bad = new Sequential(new Linear(2, 3), new Apply((x) => sub(x, 100)));
    const model = new Sequential({ body: bad, middle: new Apply((x) => add(log(x), 1)), end: new ReLU() });
    const [finding, ...others] = await trace(model);
    expect(others).toEqual([]);
    expect(where(finding)).toEqual(['nan', 'activation', 'middle', 'log']);
    expect([finding.epoch, finding.globalStep]).toEqual([1, 1]);
    expect(finding.message).toBe('what middle returns has NaN or infinity: first in the op log');
    const alone = await trace(new Apply((x) => log(sub(mul(x, 0), 1))), { loss: mean });
    expect(alone.map(where)).toEqual([['nan', 'activation', 'Apply', 'log']]);
  });

  it('does not mind infinity that comes to nothing', async () => {
    expect(await trace(new Apply((x) => add(x, exp(log(full([1], 0))))), { loss: mean })).toEqual([]);
  });

  it('tells apart the input, the weights, the loss and the gradients', async () => {
    const x = { shape: [2, 2], dtype: 'float32', data: Float32Array.of(1, 2, Number.NaN, 4) } as const;
    const y = { shape: [2], dtype: 'int32', data: new Int32Array(2) } as const;
    const train = new DataLoader(new ArrayDataset({ x, y }), { batchSize: 2 });
    const linear = (): Sequential => new Sequential({ fc: new Linear(2, 3) });
    expect((await trace(linear(), { train })).map(where)).toEqual([['nan', 'input', 'input', undefined]]);
    const weights = linear();
    const optimizer = new SGD(weights.parameters(), { lr: 1e300 });
    const [found] = await trace(weights, { optimizer });
    expect(where(found)).toEqual(['nan', 'weights', 'fc.weight', undefined]);
    expect(found.globalStep).toBe(2);
    const loss: Loss = (output, target) => add(crossEntropy(output, target), log(mul(output, 0)).sum());
    expect((await trace(linear(), { loss })).map(where)).toEqual([['nan', 'loss', 'loss', 'log']]);
    const rooted: Loss = (output) => sqrt(mul(output, 0)).sum();
    expect((await trace(linear(), { loss: rooted })).map(where)).toEqual([['nan', 'gradient', 'fc.bias', undefined]]);
  });

  it('finds dead units, layer by layer, and not units that live in some batch', async () => {
    const dead = new Sequential({
      fc: filled(new Linear(2, 8), 0, -1),
      relu: new ReLU(),
      next: new Linear(8, 8),
      alive: new ReLU(),
      last: new Linear(8, 3),
    });
    const [finding, ...others] = await trace(dead, { vanishing: 0 });
    expect(others).toEqual([]);
    expect(where(finding)).toEqual(['dead', 'activation', 'relu', 'relu']);
    expect(finding).toMatchObject({ value: 1, globalStep: 4 });
    expect(finding.message).toBe('100 % of the units of relu were zero for all samples of 4 batches');
    // Each batch wakes half of the units.
    const data = { shape: [8, 1], dtype: 'float32', data: Float32Array.of(1, 1, -1, -1, 1, 1, -1, -1) } as const;
    const train = new DataLoader(new ArrayDataset({ x: data, y: data }), { batchSize: 2 });
    const turns = new Sequential(new Apply((x) => relu(x.matmul(signs()))), new Linear(2, 1));
    expect(await trace(turns, { train, loss: mseLoss, deadShare: 0.4 })).toEqual([]);
    expect((await trace(turns, { train, loss: mseLoss, deadShare: 0.4, window: 1 })).map(({ value }) => value)).toEqual([0.5]);
  });

  it('counts units of images by channels, and names each use of a layer', async () => {
    const image = new Apply((x) => {
      const channels = x
        .reshape([-1, 2, 1, 1])
        .mul(0)
        .add(signs().reshape([1, 2, 1, 1]));
      return relu(relu(channels).sub(1)).sum([2, 3]);
    });
    const found = await trace(new Sequential({ image, fc: new Linear(2, 3) }), { deadShare: 0.4 });
    expect(found.map(({ path, value }) => [path, value])).toEqual([
      ['image', 0.5],
      ['image (call 2)', 1],
    ]);
  });

  it('finds saturated units, but not in what the model returns', async () => {
    const model = deep(1, 100, () => new Tanh());
    const [finding] = await trace(model, { vanishing: 0, exploding: Number.POSITIVE_INFINITY });
    expect(where(finding)).toEqual(['saturated', 'activation', '2', 'tanh']);
    expect(finding.value).toBeGreaterThan(0.5);
    const sure = new Sequential(new Linear(2, 3), new Apply((x) => sigmoid(mul(x, 1000)).reshape([-1, 3])));
    const loss: Loss = (output) => output.mean();
    expect(await trace(sure, { loss, vanishing: 0, exploding: Number.POSITIVE_INFINITY })).toEqual([]);
  });

  it('finds gradients that vanish, once for a layer', async () => {
    const found = await trace(deep(8, 1, () => new Sigmoid()));
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['vanishing']));
    expect(found[0]).toMatchObject({ where: 'gradient', path: '0.weight', globalStep: 4 });
    expect(new Set(found.map(({ path }) => path)).size).toBe(found.length);
    expect(found.map(({ path }) => path)).not.toContain('17.weight');
  });

  it('finds gradients that explode', async () => {
    const found = await trace(
      deep(6, 30, () => new ReLU()),
      { stopOn: 'exploding' },
    );
    expect(found[0]).toMatchObject({ kind: 'exploding', where: 'gradient', globalStep: 1 });
    expect(found[0].value).toBeGreaterThan(1e3);
  });

  it('ends the training where it is asked to', async () => {
    const model = new Sequential(new Linear(2, 3), new Apply((x) => log(mul(x, -1).sub(1e6))));
    const optimizer = new SGD(model.parameters(), { lr: 0.1 });
    for (const [stopOn, steps] of [
      ['nan', 1],
      [['dead', 'nan'], 1],
      [undefined, 12],
    ] as const) {
      const callback = tracer({ every: 1, stopOn, onFinding: () => {} });
      const result = await fit({ model, loss: crossEntropy, optimizer, train: loader(), epochs: 3, callbacks: [callback] });
      expect(result.steps).toBe(steps);
    }
  });

  it('looks at every so many steps, at all batches of one', async () => {
    let calls = 0;
    const late = (from: number): Apply => new Apply((x) => (++calls >= from ? log(mul(x, 0).sub(1)) : x));
    const run = async (from: number, options: Options): Promise<unknown[]> => {
      calls = 0;
      const found = await trace(new Sequential(new Linear(2, 3), late(from)), options);
      return found.map(({ globalStep, where: place }) => [globalStep, place]);
    };
    expect(await run(6, { every: 1 })).toEqual([[6, 'activation']]);
    expect(await run(6, { every: 5 })).toEqual([[6, 'activation']]);
    expect(await run(7, { every: 5 })).toEqual([[11, 'weights']]);
    expect(await run(6, { every: 1, accumulate: 2 })).toEqual([[3, 'activation']]);
  });

  it('writes a line for each finding where nobody else is told', async () => {
    const lines: string[] = [];
    const stream = { write: (text: string) => lines.push(text) };
    await trace(new Sequential(new Linear(2, 3), new Apply((x) => log(mul(x, 0).sub(1)))), { stream, onFinding: undefined });
    expect(lines).toEqual(['tracer: what 1 returns has NaN or infinity: first in the op log (nan, epoch 1, step 1)\n']);
  });

  it('changes no bit of the weights, and keeps no memory', async () => {
    const weights: unknown[] = [];
    for (const callbacks of [[], [tracer({ every: 2, window: 2, onFinding: () => {} })]]) {
      manualSeed(3);
      const model = deep(2, 1, () => new ReLU());
      const { buffers } = currentBackend().stats();
      const optimizer = new SGD(model.parameters(), { lr: 0.1 });
      await fit({ model, loss: crossEntropy, optimizer, train: loader(), epochs: 2, callbacks });
      // The garbage of other tests may go meanwhile.
      expect(currentBackend().stats().buffers).toBeLessThanOrEqual(buffers);
      weights.push(await Promise.all(model.parameters().map((parameter) => parameter.data())));
    }
    expect(weights[1]).toEqual(weights[0]);
  });

  it('refuses what it cannot count by', () => {
    expect(() => tracer({ every: 0 })).toThrow(ArgumentError);
    expect(() => tracer({ window: 1.5 })).toThrow('tracer: window must be a positive integer, got 1.5');
  });
});

const mean: Loss = (output) => output.mean();

/** `[1, -1]`. */
const signs = (): Tensor => tensor([[1, -1]]);

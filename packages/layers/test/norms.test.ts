import { valueAndGrad } from '@dl/autograd';
import { ArgumentError, ShapeError } from '@dl/kernels';
import { currentBackend, mul, ones, Rng, randn, sum, type Tensor, tensor, zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  type Layer,
  LayerNorm,
  LocalResponseNorm,
  loadStateDict,
  Normalize,
  RMSNorm,
  Sequential,
  stateDict,
  summary,
} from '../src/index.ts';
import golden from './golden/norms.json' with { type: 'json' };
import { pattern } from './golden/pattern.ts';
import { expectTensor, fill, type GoldenTensor, upload } from './golden/read.ts';

type Row = (typeof golden)[number];

const kinds = {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  LayerNorm,
  LocalResponseNorm,
};

function make({ kind, args, options }: Row): Layer {
  const { track_running_stats, elementwise_affine, ...rest } = options as Record<string, never>;
  const given = { ...rest, trackRunningStats: track_running_stats, elementwiseAffine: elementwise_affine };
  const Kind = kinds[kind as keyof typeof kinds] as new (...args: unknown[]) => Layer;
  return new Kind(...args, given);
}

describe('normalisation agrees with PyTorch 1.13', () => {
  it.each(golden.map((row, i) => ({ ...row, i })))('$i $kind $args $options', async (row) => {
    const layer = make(row);
    fill(layer, row.parameters);
    const inputs = row.inputs.map(upload);
    const x = inputs.at(-1)!;
    for (const batch of inputs.slice(0, -1)) layer.forward(batch, { training: true });
    const parameters = layer.namedParameters();
    let output: Tensor | undefined;
    const { grads } = valueAndGrad(() => {
      output = layer.forward(x, { training: true });
      return sum(mul(output, pattern(output.shape, 11)));
    }, [x, ...layer.parameters()]);
    expect(output!.isDisposed).toBe(true);
    for (const [name, expected] of Object.entries(row.grads)) {
      await expectTensor(grads.get(name === 'x' ? x : parameters.get(name)!)!, expected, 1e-5);
    }
    expect(Object.keys(row.buffers)).toEqual([...parameters].filter(([, { trainable }]) => !trainable).map(([name]) => name));
    for (const [name, expected] of Object.entries(row.buffers)) {
      await expectTensor(parameters.get(name)!, expected as GoldenTensor, 1e-6);
    }
    await expectTensor(layer.forward(x), row.inference, 1e-5);
    await expectTensor(layer.forward(x, { training: true }), row.output, 1e-5);
  });
});

describe('BatchNorm', () => {
  it('has PyTorch’s keys, and trains scale and shift alone', () => {
    const layer = new BatchNorm2d(3);
    expect([...stateDict(layer).keys()]).toEqual(['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']);
    expect(layer.parameters()).toEqual([layer.weight, layer.bias]);
    expect([...stateDict(new BatchNorm1d(3, { affine: false, trackRunningStats: false })).keys()]).toEqual([]);
  });

  it('gives a batch mean 0 and variance 1 in training', async () => {
    const y = new BatchNorm2d(3).forward(
      randn([8, 3, 5, 5], { rng: new Rng(1) })
        .mul(4)
        .add(2),
      { training: true },
    );
    for (const mean of await y.mean([0, 2, 3]).data()) expect(mean).toBeCloseTo(0, 5);
    for (const power of await y.square().mean([0, 2, 3]).data()) expect(power).toBeCloseTo(1, 4);
  });

  it('treats examples on their own outside training, and changes nothing', async () => {
    const layer = new BatchNorm1d(2);
    layer.forward(randn([16, 2], { rng: new Rng(2) }), { training: true });
    const before = await layer.runningVar!.data();
    const [a, b] = [randn([1, 2], { rng: new Rng(3) }), randn([1, 2], { rng: new Rng(4) })];
    const together = await layer.forward(tensor([...(await a.data()), ...(await b.data())], { shape: [2, 2] })).data();
    expect([...together]).toEqual([...(await layer.forward(a).data()), ...(await layer.forward(b).data())]);
    expect(await layer.runningVar!.data()).toEqual(before);
    expect(await layer.numBatchesTracked!.item()).toBe(1);
  });

  it('loads the int32 count, and dicts without one', async () => {
    const [trained, fresh] = [new Sequential(new BatchNorm2d(2)), new Sequential(new BatchNorm2d(2))];
    trained.forward(randn([2, 2, 3, 3]), { training: true });
    loadStateDict(fresh, stateDict(trained));
    const count = stateDict(fresh).get('0.num_batches_tracked')!;
    expect(await count.item()).toBe(1);
    const old = new Map([...stateDict(trained)].filter(([name]) => !name.endsWith('tracked')));
    expect(loadStateDict(fresh, old)).toEqual({ missing: [], unexpected: [] });
    expect(await count.item()).toBe(1);
    old.delete('0.running_mean');
    expect(() => loadStateDict(fresh, old)).toThrow('got missing 0.running_mean');
  });

  it('keeps the statistics that an inference used for its gradient, when a batch replaces them', async () => {
    const layer = new BatchNorm1d(1);
    const x = tensor([[1], [3]]);
    const run = (train: boolean): Promise<unknown> => {
      const { grads } = valueAndGrad(() => {
        const y = layer.forward(x).square().sum();
        if (train) layer.forward(x, { training: true });
        return y;
      }, [x, layer.weight!]);
      return Promise.all([...grads.values()].map((grad) => grad.data()));
    };
    const alone = await run(false);
    expect(await run(true)).toEqual(alone);
  });

  it('leaves nothing behind in training', () => {
    const layer = new BatchNorm2d(2);
    const x = ones([2, 2, 3, 3]);
    const step = (): void => {
      const { grads, value } = valueAndGrad(() => layer.forward(x, { training: true }).sum(), layer.parameters());
      value.dispose();
      for (const grad of grads.values()) grad.dispose();
      layer.forward(x, { training: true }).dispose();
    };
    step();
    const { buffers } = currentBackend().stats();
    for (let i = 0; i < 3; i++) step();
    expect(currentBackend().stats().buffers).toBe(buffers);
  });

  it('does not depend on the batch where it counts: its output for γ = 1 and β = 0 is x̂, not γ x', async () => {
    // A slide writes y = γ x + β, and σ for σ²: both would leave the mean where it was.
    const layer = new BatchNorm1d(1, { eps: 0 });
    layer.weight!.assign(tensor([3]));
    layer.bias!.assign(tensor([10]));
    const y = await layer.forward(tensor([[100], [104]]), { training: true }).data();
    expect([...y]).toEqual([7, 13]);
  });

  it('is summed up with its buffers, frozen', () => {
    const { parameters, trainableParameters, layers } = summary(new BatchNorm2d(4), [2, 4, 3, 3]);
    expect([parameters, trainableParameters]).toEqual([17, 8]);
    expect(layers.map(({ outputShapes }) => outputShapes[0])).toEqual([[2, 4, 3, 3]]);
  });
});

describe('norms without a batch', () => {
  it('keep PyTorch’s keys', () => {
    const keys = (layer: Layer): string[] => [...stateDict(layer).keys()];
    const all = ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked'];
    expect(keys(new InstanceNorm2d(3))).toEqual([]);
    expect(keys(new InstanceNorm2d(3, { affine: true, trackRunningStats: true }))).toEqual(all);
    expect(keys(new GroupNorm(2, 4))).toEqual(['weight', 'bias']);
    expect(keys(new RMSNorm(4))).toEqual(['weight']);
    expect(keys(new RMSNorm(4, { elementwiseAffine: false }))).toEqual([]);
    expect(keys(new LocalResponseNorm(5))).toEqual([]);
  });

  it('GroupNorm of one group is LayerNorm over channels and pixels, of a group a channel InstanceNorm', async () => {
    const x = randn([2, 4, 3, 3], { rng: new Rng(8) });
    const alike = async (a: Tensor, b: Tensor): Promise<void> => {
      const values = await b.data();
      for (const [i, value] of (await a.data()).entries()) expect(value).toBeCloseTo(values[i], 5);
    };
    await alike(new GroupNorm(1, 4).forward(x), new LayerNorm([4, 3, 3]).forward(x));
    await alike(new GroupNorm(4, 4).forward(x), new InstanceNorm2d(4).forward(x));
  });

  it('LocalResponseNorm is the paper’s, with α times the size of the window', async () => {
    const x = [3, -1, 2, 5, -4, 1, 2];
    const [k, n, alpha, beta] = [2, 5, 1e-2, 0.75];
    const expected = x.map((value, i) => {
      const window = x.slice(Math.max(0, i - 2), Math.min(x.length - 1, i + 2) + 1);
      return value / (k + alpha * window.reduce((sum, v) => sum + v * v, 0)) ** beta;
    });
    const y = await new LocalResponseNorm(n, { alpha: alpha * n, beta, k }).forward(tensor([x])).data();
    for (const [i, value] of expected.entries()) expect(y[i]).toBeCloseTo(value, 5);
  });

  it('RMSNorm divides by the root of the mean square, then scales', async () => {
    const layer = new RMSNorm(2, { eps: 0 });
    layer.weight!.assign(tensor([2, 1]));
    const y = await layer.forward(tensor([[1, 7]])).data();
    expect([...y]).toEqual([2 / 5, 7 / 5].map(Math.fround));
  });

  it('Normalize gives vectors length 1', async () => {
    const y = new Normalize({ axis: -1 }).forward(randn([50, 7], { rng: new Rng(9) }));
    for (const length of await y.square().sum(1).data()) expect(Math.abs(Math.sqrt(length) - 1)).toBeLessThan(1e-6);
  });
});

describe('normalisation refuses', () => {
  it.each<[() => unknown, new (...args: never[]) => Error, string]>([
    [() => new BatchNorm2d(0), ArgumentError, 'BatchNorm2d: numFeatures must be a positive integer, got 0'],
    [() => new BatchNorm1d(1, { eps: -1 }), ArgumentError, 'BatchNorm1d: eps must not be negative, got -1'],
    [() => new BatchNorm1d(1, { momentum: 2 }), ArgumentError, 'BatchNorm1d: momentum must be null or in [0, 1], got 2'],
    [() => new BatchNorm2d(2).forward(zeros([3, 2])), ShapeError, 'BatchNorm2d: x must have 4 axes, got [3, 2]'],
    [() => new BatchNorm1d(2).forward(zeros([2])), ShapeError, 'BatchNorm1d: x must have 2 or 3 axes, got [2]'],
    [() => new BatchNorm1d(2).forward(zeros([4, 3])), ShapeError, 'BatchNorm1d: x must be [n, 2, ...], got [4, 3]'],
    [
      () => new BatchNorm1d(2).forward(zeros([1, 2]), { training: true }),
      ShapeError,
      'BatchNorm1d: training needs more than one value a channel, got [1, 2]',
    ],
    [() => new BatchNorm3d(2).forward(zeros([1, 2, 3, 3])), ShapeError, 'BatchNorm3d: x must have 5 axes, got [1, 2, 3, 3]'],
    [() => new InstanceNorm1d(2).forward(zeros([4, 2])), ShapeError, 'InstanceNorm1d: x must have 3 axes, got [4, 2]'],
    [() => new InstanceNorm2d(2).forward(zeros([4, 2, 1, 1])), ShapeError, 'there must be more than one value a plane, got 1'],
    [() => new InstanceNorm2d(2, { momentum: 3 }), ArgumentError, 'InstanceNorm2d: momentum must be in [0, 1], got 3'],
    [() => new GroupNorm(2, 5), ArgumentError, 'GroupNorm: numGroups must divide numChannels, got 2 and 5'],
    [() => new GroupNorm(2, 4).forward(zeros([1, 6])), ShapeError, 'GroupNorm: x must be [n, 4, ...], got [1, 6]'],
    [() => new RMSNorm(4).forward(zeros([1, 3])), ShapeError, 'RMSNorm: x must end with [4], got [1, 3]'],
    [() => new RMSNorm(0), ArgumentError, 'RMSNorm: normalizedShape must be a positive integer, got 0'],
    [() => new LocalResponseNorm(0), ArgumentError, 'LocalResponseNorm: size must be a positive integer, got 0'],
    [() => new LayerNorm([]), ArgumentError, 'LayerNorm: normalizedShape must have at least one axis, got []'],
    [() => new LayerNorm([2, 0]), ArgumentError, 'LayerNorm: normalizedShape must be a positive integer, got 0'],
    [() => new LayerNorm(2, { eps: Number.NaN }), ArgumentError, 'LayerNorm: eps must not be negative, got NaN'],
    [() => new LayerNorm([3, 4]).forward(zeros([4])), ShapeError, 'LayerNorm: x must end with [3, 4], got [4]'],
  ])('%#', (run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });
});

import { grad, valueAndGrad } from '@dl/autograd';
import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { currentBackend, linspace, mul, neg, ones, Rng, rand, randn, sigmoid, sum, type Tensor, tensor, zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import * as layers from '../src/index.ts';
import { AlphaDropout, type Layer, Maxout, PReLU, RReLU, rrelu, Softmax, Softmax2d, Step, stateDict } from '../src/index.ts';
import golden from './golden/activations.json' with { type: 'json' };
import { pattern } from './golden/pattern.ts';
import { expectTensor, fill, upload } from './golden/read.ts';

type Row = (typeof golden)[number];
const kinds = { ...layers };
const ours: Readonly<Record<string, string>> = {
  lambd: 'lambda',
  min_val: 'min',
  max_val: 'max',
  negative_slope: 'negativeSlope',
};

function make({ kind, args, options }: Row): Layer {
  const Kind = kinds[kind as 'ReLU'] as new (...args: unknown[]) => Layer;
  const given = Object.entries(options).map(([name, value]) => [ours[name] ?? name, value]);
  return new Kind(...args, ...(given.length > 0 ? [Object.fromEntries(given)] : []));
}

const values = async (x: Tensor): Promise<number[]> => Array.from(await x.data());

describe('activations agree with PyTorch 1.13', () => {
  it.each(golden.map((row, i) => ({ ...row, i })))('$i $kind $args $options', async (row) => {
    const layer = make(row);
    fill(layer, row.parameters);
    expect([...stateDict(layer).keys()]).toEqual(Object.keys(row.parameters));
    const x = upload(row.x);
    await expectTensor(layer.forward(x), row.output, 1e-5);
    const { grads } = valueAndGrad(() => {
      const y = layer.forward(x);
      return sum(mul(y, pattern(y.shape, 11)));
    }, [x, ...layer.parameters()]);
    for (const [name, expected] of Object.entries(row.grads)) {
      await expectTensor(grads.get(name === 'x' ? x : stateDict(layer).get(name)!)!, expected, 1e-5);
    }
  });
});

describe('Step', () => {
  it('jumps above its threshold, and lets no gradient through', async () => {
    const layer = new Step({ threshold: 1 });
    const x = tensor([0, 1, 1.5]);
    expect(await values(layer.forward(x))).toEqual([0, 0, 1]);
    expect(await values(grad((y: Tensor) => layer.forward(y).sum())(x))).toEqual([0, 0, 0]);
  });
});

describe('Softmax', () => {
  it('survives large logits', async () => {
    const [a, b] = await values(new Softmax().forward(tensor([1000, 1001])));
    expect(a).toBeCloseTo(1 / (1 + Math.E), 6);
    expect(a + b).toBeCloseTo(1, 6);
  });

  it('of two classes is the sigmoid, whose derivative is S(z) S(-z)', async () => {
    const z = linspace(-6, 6, 13);
    const halves = await Promise.all((await values(z)).map((v) => new Softmax().forward(tensor([v / 2, -v / 2])).data()));
    const s = await values(sigmoid(z));
    for (const [i, [first]] of halves.entries()) expect(first).toBeCloseTo(s[i], 6);
    const derivative = await values(grad((x: Tensor) => sigmoid(x).sum())(z));
    const product = await values(mul(sigmoid(z), sigmoid(neg(z))));
    for (const [i, value] of product.entries()) expect(derivative[i]).toBeCloseTo(value, 6);
  });

  it('is not what a slide says of the sigmoid: e^x / (e^x + e^-x) is S(2x)', async () => {
    const x = 0.7;
    const slide = Math.exp(x) / (Math.exp(x) + Math.exp(-x));
    expect(await sigmoid(tensor(2 * x)).item()).toBeCloseTo(slide, 6);
    expect(Math.abs((await sigmoid(tensor(x)).item()) - slide)).toBeGreaterThan(0.1);
  });
});

describe('PReLU', () => {
  it('starts at 0.25, or where it is told', async () => {
    expect(await values(new PReLU().weight)).toEqual([0.25]);
    expect(await values(new PReLU(2, { init: 0.5 }).weight)).toEqual([0.5, 0.5]);
  });
});

describe('RReLU', () => {
  it('draws a slope for each element in training, uniform between its bounds, and has the same in the gradient', async () => {
    const x = ones([20_000]).mul(-1);
    let y: Tensor | undefined;
    const { grads } = valueAndGrad(() => {
      y = new RReLU().forward(x, { training: true, rng: new Rng(4) });
      return y.sum();
    }, [x]);
    const slopes = await values(grads.get(x)!);
    expect(slopes).toEqual((await values(new RReLU().forward(x, { training: true, rng: new Rng(4) }))).map((v) => -v));
    expect(Math.min(...slopes)).toBeGreaterThanOrEqual(1 / 8);
    expect(Math.max(...slopes)).toBeLessThanOrEqual(Math.fround(1 / 3));
    const mean = slopes.reduce((total, v) => total + v, 0) / slopes.length;
    // Five standard deviations of the mean of uniform numbers.
    expect(Math.abs(mean - (1 / 8 + 1 / 3) / 2)).toBeLessThan((5 * (1 / 3 - 1 / 8)) / Math.sqrt(12 * slopes.length));
  });

  it('leaves positive numbers, and draws from the default generator where none is passed', async () => {
    expect(await values(rrelu(tensor([3, 0.5]), { training: true }))).toEqual([3, 0.5]);
  });
});

describe('Maxout', () => {
  it('over copies of a filter that are turned gives the same for an input that is turned', async () => {
    const filter = [1, 2, 3, 4];
    const half = quarterTurn(quarterTurn(filter));
    const bank = tensor([filter, quarterTurn(filter), half, quarterTurn(half)]);
    const image = [0.3, -1, 2, 0.5];
    const response = async (pixels: number[]): Promise<number> => {
      const scores = tensor([pixels]).matmul(bank.transpose());
      return new Maxout(4).forward(scores).item();
    };
    const upright = await response(image);
    expect(await response(quarterTurn(image))).toBeCloseTo(upright, 5);
    expect(await response(quarterTurn(quarterTurn(image)))).toBeCloseTo(upright, 5);
  });
});

describe('AlphaDropout', () => {
  it('keeps mean 0 and variance 1, and drops to the least value of a SELU', async () => {
    const rng = new Rng(6);
    const y = await values(new AlphaDropout(0.3).forward(randn([40_000], { rng }), { training: true, rng }));
    const mean = y.reduce((total, v) => total + v, 0) / y.length;
    const variance = y.reduce((total, v) => total + (v - mean) ** 2, 0) / y.length;
    expect(Math.abs(mean)).toBeLessThan(0.025);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
    const counts = new Map<number, number>();
    for (const v of y) counts.set(v, (counts.get(v) ?? 0) + 1);
    const [[dropped, count]] = [...counts].sort(([, a], [, b]) => b - a);
    const floor = -1.7580993408473766;
    const scale = 1 / Math.sqrt(0.7 * (1 + 0.3 * floor ** 2));
    expect(dropped).toBeCloseTo(scale * floor * (1 - 0.3), 5);
    expect(Math.abs(count / y.length - 0.3)).toBeLessThan(0.012);
  });
});

it('activations leave nothing behind', () => {
  const x = rand([2, 4, 3, 3]);
  const all = [new PReLU(4), new RReLU(), new Softmax2d(), new Maxout(2), new AlphaDropout()];
  for (const layer of all) layer.forward(x, { training: true }).dispose();
  const before = currentBackend().stats().buffers;
  for (const layer of all) layer.forward(x, { training: true }).dispose();
  expect(currentBackend().stats().buffers).toBe(before);
});

it.each<[() => unknown, new (...args: never[]) => Error, string]>([
  [() => new PReLU(0), ArgumentError, 'PReLU: numParameters must be a positive integer, got 0'],
  [() => new PReLU(2).forward(zeros([1, 3])), ShapeError, 'prelu: weight must be [1], or one slope a channel, [3], got [2]'],
  [() => new RReLU({ lower: 2, upper: 1 }), ArgumentError, 'RReLU: lower must not be above upper, got 2 and 1'],
  [() => rrelu(zeros([1]), { lower: Number.NaN }), ArgumentError, 'rrelu: lower must not be above upper, got NaN and 0.33'],
  [() => rrelu(zeros([1], { dtype: 'int32' })), DTypeError, 'rrelu: dtype must be float, got int32'],
  [() => new Softmax2d().forward(zeros([2, 2])), ShapeError, 'Softmax2d: x must be [n, c, h, w] or [c, h, w], got [2, 2]'],
  [() => new Maxout(0.5), ArgumentError, 'Maxout: pieces must be a positive integer, got 0.5'],
])('%# refuses arguments outside its domain', (run, type, message) => {
  expect(run).toThrow(type);
  expect(run).toThrow(message);
});

/** An image of 2 × 2 pixels, turned. */
function quarterTurn([a, b, c, d]: readonly number[]): number[] {
  return [c, a, d, b];
}

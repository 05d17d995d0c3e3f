import { checkGradients, grad, valueAndGrad } from '@dl/autograd';
import { ArgumentError, type Backend, createReferenceBackend, DTypeError, GradientError, ShapeError } from '@dl/kernels';
import { currentBackend, type DType, linear, log, logSoftmax, mul, sigmoid, softmax, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import * as all from '../src/index.ts';
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  contrastiveLoss,
  cosineEmbeddingLoss,
  crossEntropy,
  entropy,
  gaussianNllLoss,
  hingeLoss,
  huberLoss,
  klDiv,
  l1Loss,
  mseLoss,
  multilabelMarginLoss,
  multilabelSoftMarginLoss,
  multiMarginLoss,
  nllLoss,
  pairwiseDistance,
  perceptronLoss,
  smoothL1Loss,
  squaredError,
  tripletMarginLoss,
  zeroOneLoss,
} from '../src/index.ts';
import golden from './golden/losses.json' with { type: 'json' };

type Loss = (...args: readonly unknown[]) => Tensor;
const losses = { ...all };
type Row = (typeof golden)[number];

interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

const isGolden = (value: unknown): value is GoldenTensor => typeof value === 'object' && value !== null && 'data' in value;
const upload = ({ shape, dtype, data }: GoldenTensor): Tensor => tensor([...data], { shape, dtype: dtype as DType });
const int32 = (values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });
const lossOf = ({ loss }: Row): Loss => losses[loss as 'mseLoss'] as Loss;
const optionsOf = ({ options }: Row, make: (value: GoldenTensor) => Tensor): object =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [name, isGolden(value) ? make(value) : value]));

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i] - value), `element ${i}: ${actual[i]} for ${value}`).toBeLessThanOrEqual(
      2e-6 * (1 + Math.abs(value)),
    );
  }
}

describe('losses and their gradients agree with PyTorch 1.13', () => {
  it.each(golden.map((row, i) => ({ ...row, i })))('$i $loss $options', async (row) => {
    const inputs = row.inputs.map(upload);
    const compute = (): Tensor => lossOf(row)(...inputs, optionsOf(row, upload));
    const value = compute();
    expect(value.shape).toEqual(row.value.shape);
    expectClose(await value.data(), row.value.data);
    const expected = Object.entries(row.grads) as [string, GoldenTensor][];
    expect(expected.length).toBeGreaterThan(0);
    const { grads } = valueAndGrad(
      () => compute().sum(),
      expected.map(([i]) => inputs[Number(i)]),
    );
    for (const [i, { data }] of expected) expectClose(await grads.get(inputs[Number(i)])!.data(), data);
  });
});

describe('losses agree with finite differences in float64', () => {
  const backend = createReferenceBackend();
  const rows = golden.filter(({ options }) => options.reduction !== 'sum' && options.reduction !== 'batchMean');

  it.each(rows.map((row, i) => ({ ...row, i })))('$i $loss $options', async (row) => {
    // The gradient passes variances below eps, where the value does not change.
    const sources = Object.keys(row.grads)
      .map(Number)
      .filter((i) => !(row.loss === 'gaussianNllLoss' && i === 2 && 'eps' in row.options));
    const inputs = row.inputs.map((given, i) =>
      double(given, backend, sources.includes(i) ? awayFromCorners(row, i) : undefined),
    );
    const options = optionsOf(row, (given) => double(given, backend));
    const worst = await checkGradients(
      (...xs) => lossOf(row)(...inputs.map((input, i) => (sources.includes(i) ? xs[sources.indexOf(i)] : input)), options),
      sources.map((i) => inputs[i]),
    );
    expect(worst).toBeLessThan(1e-6);
  });

  it('also the gradient of binaryCrossEntropy itself, whose rules are its own', async () => {
    const [x, y] = [0.125, 0.5].map((first) => tensor([first, 0.75, 0.25], { dtype: 'float64', backend }));
    const gradients = (input: Tensor, target: Tensor): Tensor => {
      const loss = (a: Tensor): Tensor => binaryCrossEntropy(a, target, { reduction: 'sum' });
      return grad(loss)(input);
    };
    expect(await checkGradients(gradients, [x, y])).toBeLessThan(1e-6);
  });
});

function double({ shape, dtype, data }: GoldenTensor, backend: Backend, move = (x: number, _i: number): number => x): Tensor {
  return tensor(data.map(move), { shape, dtype: dtype === 'float32' ? 'float64' : (dtype as DType), backend });
}

/** A little beside the multiples of 1/8, and for probabilities inside (0, 1). */
function awayFromCorners({ loss }: Row, input: number): (x: number, i: number) => number {
  if (loss === 'binaryCrossEntropy') return (x) => 0.05 + 0.9 * x;
  return (x, i) => x + 0.003 * Math.cos(1.7 * i + input + 1) * Math.min(1, Math.abs(x) + 0.1);
}

describe('class losses', () => {
  const scores = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it.each(['plain', 'weighted'])('refuse a class number that is none (%s)', (kind) => {
    const options = kind === 'weighted' ? { weight: tensor([1, 1, 1]) } : {};
    const compute = (): Tensor => crossEntropy(scores, int32([0, 3]), options);
    expect(compute).toThrow(ArgumentError);
    expect(compute).toThrow('indices must be in [0, 3), got 3 in crossEntropy, whose target must hold class numbers');
  });

  it('are NaN where nothing counts, as in PyTorch', async () => {
    expect(await crossEntropy(scores, int32([-100, -100])).item()).toBeNaN();
    expect(await crossEntropy(scores, int32([-100, -100]), { reduction: 'sum' }).item()).toBe(0);
  });

  it('take uint8 class numbers', async () => {
    const target = tensor([2, 0], { dtype: 'uint8' });
    expect(await crossEntropy(scores, target).item()).toBe(await crossEntropy(scores, int32([2, 0])).item());
  });

  it.each<[() => unknown, new (...args: never[]) => Error, string]>([
    [
      () => crossEntropy(scores, int32([0, 1, 2])),
      ShapeError,
      'crossEntropy: target must be [2], the shape of the scores [2, 3] without the classes, got [3]',
    ],
    [
      () => crossEntropy(scores, tensor([0, 1])),
      ShapeError,
      "crossEntropy: a target of probabilities must be [2, 3], the shape of the logits, got [2]: class numbers must be int32, convert with cast(target, 'int32')",
    ],
    [
      () => crossEntropy(scores, tensor([true, false])),
      DTypeError,
      "crossEntropy: a target of class numbers must be int32 or uint8, got bool: convert with cast(target, 'int32')",
    ],
    [
      () => crossEntropy(int32([1, 2]), int32([1, 2])),
      DTypeError,
      "crossEntropy: scores must be float, got int32: convert with cast(x, 'float32')",
    ],
    [() => crossEntropy(tensor(1), tensor(1)), ShapeError, 'crossEntropy: scores must be [n, c, ...] or [c], got a scalar'],
    [
      () => nllLoss(scores, int32([0, 1]), { weight: tensor([1, 2]) }),
      ShapeError,
      'nllLoss: weight must be one number a class, [3], got [2]',
    ],
    [
      () => crossEntropy(scores, int32([0, 1]), { labelSmoothing: 1.5 }),
      ArgumentError,
      'crossEntropy: labelSmoothing must be in [0, 1], got 1.5',
    ],
    [
      () => crossEntropy(scores, scores, { ignoreIndex: 1 }),
      ArgumentError,
      'crossEntropy: ignoreIndex must go with class numbers, got 1 with float32 probabilities',
    ],
    [
      () => crossEntropy(scores, int32([0, 1]), { reduction: 'avg' as 'mean' }),
      ArgumentError,
      "crossEntropy: reduction must be 'mean', 'sum' or 'none', got avg",
    ],
    [
      () => mseLoss(scores, tensor([1, 2, 3])),
      ShapeError,
      'mseLoss: input and target must have one shape, got [2, 3] and [3]: reshape() or expandTo() the target',
    ],
    [
      () => zeroOneLoss(scores, int32([0])),
      ShapeError,
      'zeroOneLoss: target must be [2], the shape of the scores [2, 3] without the classes, got [1]',
    ],
    [
      () => multilabelMarginLoss(scores, int32([0])),
      ShapeError,
      'multilabelMarginLoss: target must be [2, 3], the shape of the scores, got [1]',
    ],
    [() => multilabelMarginLoss(scores, scores), DTypeError, 'must be int32 or uint8, got float32'],
    [() => multiMarginLoss(scores, int32([0, 7])), ArgumentError, 'indices must be in [0, 3), got 7 in multiMarginLoss'],
    [() => multiMarginLoss(scores, int32([0, 1]), { p: 3 as 2 }), ArgumentError, 'multiMarginLoss: p must be 1 or 2, got 3'],
    [
      () => multiMarginLoss(tensor([[[1]]]), int32([0])),
      ShapeError,
      'multiMarginLoss: scores must be [n, c] or [c], got [1, 1, 1]',
    ],
    [() => huberLoss(scores, scores, { delta: 0 }), ArgumentError, 'huberLoss: delta must be above 0, got 0'],
    [() => smoothL1Loss(scores, scores, { beta: -1 }), ArgumentError, 'smoothL1Loss: beta must not be negative, got -1'],
    [() => gaussianNllLoss(scores, scores, scores, { eps: 0 }), ArgumentError, 'gaussianNllLoss: eps must be above 0, got 0'],
    [
      () => gaussianNllLoss(scores, scores, tensor([1, 2, 3])),
      ShapeError,
      'gaussianNllLoss: variance must be [2, 3], [2, 1] or [2], got [3]',
    ],
    [
      () => tripletMarginLoss(scores, scores, tensor([1, 2, 3])),
      ShapeError,
      'tripletMarginLoss: anchor and negative must have one shape, got [2, 3] and [3]: reshape() or expandTo() the negative',
    ],
    [
      () => cosineEmbeddingLoss(scores, scores, tensor([1, 1, 1])),
      ShapeError,
      'cosineEmbeddingLoss: target must be one label a pair, [2], got [3] (x1 [2, 3])',
    ],
    [
      () => contrastiveLoss(scores, scores, int32([1, 0])),
      DTypeError,
      "contrastiveLoss: x1 and target must be of one float dtype, got float32 and int32: convert with cast(x, 'float32')",
    ],
    [() => contrastiveLoss(tensor(1), tensor(1), tensor(1)), ShapeError, 'x1 and x2 must be vectors [..., d], got scalars'],
    [
      () => multilabelSoftMarginLoss(tensor(1), tensor(1)),
      ShapeError,
      'multilabelSoftMarginLoss: input must be [..., c], got []',
    ],
    [
      () => klDiv(scores, scores, { reduction: 'all' as 'sum' }),
      ArgumentError,
      "klDiv: reduction must be 'mean', 'sum' or 'none'",
    ],
    [() => entropy(int32([1])), DTypeError, "entropy: dtype must be float, got int32: convert it with cast(x, 'float32')"],
    [() => pairwiseDistance(scores, scores, { p: 3 }), ArgumentError, 'norm: p must be 1, 2 or Infinity, got 3'],
    [
      () => l1Loss(scores, int32([1])),
      DTypeError,
      "l1Loss: input and target must be of one float dtype, got float32 and int32: convert with cast(x, 'float32')",
    ],
  ])('%# say what is wrong and what to do', (compute, type, message) => {
    expect(compute).toThrow(type);
    expect(compute).toThrow(message);
  });

  it('leave nothing behind inside valueAndGrad but value and gradients', () => {
    const target = int32([0, 1]);
    const before = currentBackend().stats().buffers;
    const { value, grads } = valueAndGrad(() => crossEntropy(scores, target, { labelSmoothing: 0.1 }), [scores]);
    value.dispose();
    grads.get(scores)!.dispose();
    expect(currentBackend().stats().buffers).toBe(before);
  });
});

describe('perceptronLoss', () => {
  it('is zero for what is right, and its step is Rosenblatt’s rule for what is wrong', async () => {
    const weight = tensor([
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
    const x = tensor([
      [2, 3],
      [5, 7],
    ]);
    const { value, grads } = valueAndGrad(
      () => perceptronLoss(x.matmul(weight.transpose()), int32([1, 2]), { reduction: 'sum' }),
      [weight],
    );
    expect(await value.item()).toBe(5);
    expect(await grads.get(weight)!.array()).toEqual([
      [0, 0],
      [5, 7],
      [-5, -7],
    ]);
  });
});

describe('what the losses are for', () => {
  // Not -0.
  const values = async (x: Tensor): Promise<number[]> => Array.from(await x.data(), (value) => value + 0);
  const gradientOf = async (loss: (x: Tensor) => Tensor, x: Tensor): Promise<number[]> => values(grad(loss)(x));

  it('squaredError has the gradient x - y, and half the sum that mseLoss is the mean of', async () => {
    const [x, y] = [tensor([3, -1, 0.5]), tensor([1, 1, 0.5])];
    expect(await gradientOf((z) => squaredError(z, y), x)).toEqual([2, -2, 0]);
    expect(await squaredError(x, y).item()).toBe(4);
    expect(await mseLoss(x, y, { reduction: 'sum' }).item()).toBe(8);
  });

  it('the gradient of softmax cross-entropy is p - y, by the logits', async () => {
    // Slides write s - t and p - y as if they were gradients by the probabilities.
    const logits = tensor([[0.5, -1, 2]]);
    const p = await values(softmax(logits));
    const byLogits = await gradientOf((x) => crossEntropy(x, int32([2])), logits);
    for (const [i, value] of [p[0], p[1], p[2] - 1].entries()) expect(byLogits[i]).toBeCloseTo(value, 6);
    const byProbabilities = await gradientOf((x) => nllLoss(log(x), int32([2])), tensor([p]));
    expect(byProbabilities[0]).toBeCloseTo(0, 12);
    expect(byProbabilities[2]).toBeCloseTo(-1 / p[2], 5);
  });

  it('the gradient of cross-entropy by a probability is -1 / x', async () => {
    const x = tensor([0.125, 0.5, 0.25]);
    expect(await gradientOf((y) => binaryCrossEntropy(y, tensor([1, 1, 1]), { reduction: 'sum' }), x)).toEqual([-8, -2, -4]);
  });

  it('cross-entropy is positive: a slide leaves out the minus', async () => {
    expect(await crossEntropy(tensor([[0, 3]]), int32([1])).item()).toBeGreaterThan(0);
    expect(await binaryCrossEntropy(tensor([0.25]), tensor([1])).item()).toBeCloseTo(Math.log(4), 6);
  });

  it('binary cross-entropy from logits is stable at ±100, where the one from probabilities is cut off', async () => {
    const [x, y] = [tensor([100, -100, 100, -100]), tensor([0, 1, 1, 0])];
    expectClose(await values(binaryCrossEntropyWithLogits(x, y, { reduction: 'none' })), [100, 100, 0, 0]);
    expectClose(await gradientOf((z) => binaryCrossEntropyWithLogits(z, y, { reduction: 'sum' }), x), [1, -1, 0, 0]);
  });

  it('cross-entropy is entropy plus divergence, and the divergence of a distribution from itself is 0', async () => {
    const logits = tensor([
      [1, -2, 0.5],
      [0, 0, 3],
    ]);
    const p = softmax(
      tensor([
        [0, 1, 2],
        [-1, 0.5, 0.25],
      ]),
    );
    const cross = await crossEntropy(logits, p, { reduction: 'sum' }).item();
    const divergence = await klDiv(logSoftmax(logits), p, { reduction: 'sum' }).item();
    expect(Math.abs(cross - (await entropy(p).sum().item()) - divergence)).toBeLessThan(1e-6);
    expect(await klDiv(log(p), p, { reduction: 'batchMean' }).item()).toBeCloseTo(0, 6);
    expect(await values(entropy(tensor([[0.5], [0.5]]), 0))).toEqual([Math.fround(Math.LN2)]);
  });

  it('entropy and divergence take probabilities of 0, gradients too', async () => {
    const p = tensor([0, 1]);
    expect(await gradientOf((x) => entropy(x), p)).toEqual([0, -1]);
    expect(await gradientOf((x) => klDiv(tensor([-1, -2]), x, { reduction: 'sum' }), p)).toEqual([1, 3]);
  });

  it('a sequence is averaged over time: each step has a share of 1 / T', async () => {
    const logits = tensor([
      [
        [2, 0, 1, 0],
        [0, 1, 1, 3],
      ],
    ]);
    const target = int32([0, 1, 1, 0]).reshape([1, 4]);
    const steps = await values(crossEntropy(logits, target, { reduction: 'none' }));
    expect(await crossEntropy(logits, target).item()).toBeCloseTo(steps.reduce((sum, loss) => sum + loss, 0) / 4, 6);
    const ignoring = await crossEntropy(logits, target, { ignoreIndex: 0 }).item();
    expect(ignoring).toBeCloseTo((steps[1] + steps[2]) / 2, 6);
  });

  it('the hinge is 0 beyond its margin, and pulls with slope 1 within', async () => {
    const x = tensor([2, 1, 0.5, -3]);
    expect(await gradientOf((y) => hingeLoss(y, tensor([1, 1, 1, 1]), { reduction: 'sum' }), x)).toEqual([0, 0, -1, -1]);
  });

  it('a triplet costs nothing once its margin is met', async () => {
    const [a, p, n] = [tensor([[0, 0]]), tensor([[1, 0]]), tensor([[0, 5]])];
    expect(await tripletMarginLoss(a, p, n, { margin: 3 }).item()).toBe(0);
    expect(await tripletMarginLoss(a, p, n, { margin: 5 }).item()).toBeCloseTo(1, 5);
    expect(await tripletMarginLoss(a, p, n, { margin: 5, p: Infinity }).item()).toBeCloseTo(1, 5);
  });

  it('contrastiveLoss pulls pairs together that are alike, and leaves others that are far apart', async () => {
    const [a, b] = [tensor([[0, 0]]), tensor([[3, 4]])];
    const byA = (alike: number, margin: number): Promise<number[]> =>
      gradientOf((x) => contrastiveLoss(x, b, tensor([alike]), { margin }), a);
    expect(await byA(1, 1)).toEqual([-3, -4]);
    expect(await byA(0, 4)).toEqual([0, 0]);
    const pushed = await byA(0, 10);
    expect(pushed[0]).toBeCloseTo(3, 5);
    expect(pushed[1]).toBeCloseTo(4, 5);
    expect(await gradientOf((x) => contrastiveLoss(x, x, tensor([0])), a)).toEqual([0, 0]);
  });

  it('zeroOneLoss counts errors, and says why it has no gradient', async () => {
    const scores = tensor([
      [1, 2],
      [3, 0],
      [0, 1],
    ]);
    const target = int32([1, 1, 0]);
    expect(await values(zeroOneLoss(scores, target, { reduction: 'none' }))).toEqual([0, 1, 1]);
    expect(await zeroOneLoss(scores, target).item()).toBeCloseTo(2 / 3, 6);
    expect(await zeroOneLoss(tensor([1, 2]), tensor(1, { dtype: 'int32' }), { reduction: 'sum' }).item()).toBe(0);
    const train = (): unknown => valueAndGrad(() => zeroOneLoss(mul(scores, 2), target), [scores]);
    expect(train).toThrow(GradientError);
    expect(train).toThrow('its gradient is 0 wherever it exists, so nothing would be learnt. Train with crossEntropy');
  });

  it('squares of sigmoids learn, but from a saturated start slower than cross-entropy', async () => {
    const x = tensor([[1], [-1]]);
    const y = tensor([[1], [0]]);
    const train = async (loss: (logits: Tensor) => Tensor): Promise<number[]> => {
      // Sure of the wrong answers.
      let weight = tensor([[-5]]);
      const errors: number[] = [];
      for (let step = 0; step <= 400; step++) {
        const { value, grads } = valueAndGrad(() => loss(linear(x, weight)), [weight]);
        if (step % 40 === 0) errors.push(await mseLoss(sigmoid(linear(x, weight)), y).item());
        weight = weight.sub(grads.get(weight)!.mul(0.5));
        value.dispose();
      }
      return errors;
    };
    const squares = await train((logits) => mseLoss(sigmoid(logits), y));
    const entropies = await train((logits) => binaryCrossEntropyWithLogits(logits, y));
    expect(squares.at(-1)).toBeLessThan(squares[0]);
    expect(entropies[1]).toBeLessThan(0.5 * squares[1]);
    expect(entropies.at(-1)).toBeLessThan(0.02);
  });

  it('a penalty on weights adds its own gradient, λ times, to that of the risk', async () => {
    const w = tensor([1, -2, 0.5]);
    const target = tensor([0, 1, 1]);
    const risk = await gradientOf((v) => mseLoss(v, target), w);
    const both = await gradientOf((v) => mseLoss(v, target).add(mul(v, v).sum().mul(0.25)), w);
    for (const [i, weight] of [1, -2, 0.5].entries()) expect(both[i] - risk[i]).toBeCloseTo(0.5 * weight, 6);
  });

  it('multilabelSoftMarginLoss is the mean of each label’s own cross-entropy', async () => {
    const [x, y] = [tensor([[1, -1]]), tensor([[1, 1]])];
    const expected = (Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(1))) / 2;
    expect(await multilabelSoftMarginLoss(x, y).item()).toBeCloseTo(expected, 6);
  });
});

import { valueAndGrad } from '@dl/autograd';
import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { currentBackend, type DType, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { binaryCrossEntropyWithLogits, crossEntropy, l1Loss, mseLoss, nllLoss, perceptronLoss } from '../src/index.ts';
import golden from './golden/losses.json' with { type: 'json' };

type Loss = (input: Tensor, target: Tensor, options: object) => Tensor;
const losses: Readonly<Record<string, Loss>> = { binaryCrossEntropyWithLogits, crossEntropy, l1Loss, mseLoss, nllLoss };

interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

const isGolden = (value: unknown): value is GoldenTensor => typeof value === 'object' && value !== null && 'data' in value;
const upload = ({ shape, dtype, data }: GoldenTensor): Tensor => tensor([...data], { shape, dtype: dtype as DType });
const int32 = (values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

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
    const scores = upload(row.scores);
    const options = Object.fromEntries(
      Object.entries(row.options).map(([name, value]) => [name, isGolden(value) ? upload(value) : value]),
    );
    const compute = (): Tensor => losses[row.loss](scores, upload(row.target), options);
    const value = compute();
    expect(value.shape).toEqual(row.value.shape);
    expectClose(await value.data(), row.value.data);
    const { grads } = valueAndGrad(() => compute().sum(), [scores]);
    expectClose(await grads.get(scores)!.data(), row.grad.data);
  });
});

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

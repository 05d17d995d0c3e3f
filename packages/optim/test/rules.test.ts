import { numericalGradient, valueAndGrad } from '@dl/autograd';
import { Linear, mseLoss, perceptronLoss, Sequential, Tanh } from '@dl/layers';
import {
  add,
  matmul,
  mul,
  Parameter,
  Rng,
  randn,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  useBackend,
  withoutRecording,
} from '@dl/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  classicalMomentumRule,
  type Hyper,
  l1Penalty,
  NAdam,
  Optimizer,
  type OptimizerState,
  proximalL1Rule,
  RAdam,
  RMSprop,
  Rprop,
  SGD,
  signRule,
  twoTermMomentumRule,
} from '../src/index.ts';

await useBackend('reference');

type AnyOptimizer = Pick<Optimizer<Hyper, OptimizerState>, 'step' | 'lr'>;

const parameter = (values: readonly number[]): Parameter => new Parameter(tensor(values));

/** An ill-conditioned quadratic, ½ (x² + 100 y²). */
const valley = (x: Parameter): Tensor => mul(sum(mul(square(x), tensor([1, 100]))), 0.5);

/** Steps until both coordinates are within 0.01 of the minimum. */
async function stepsToConverge(make: (x: Parameter) => AnyOptimizer): Promise<number> {
  const x = parameter([1, 1]);
  const optimizer = make(x);
  for (let step = 1; step <= 2000; step++) {
    const { value, grads } = valueAndGrad(() => valley(x), [x]);
    value.dispose();
    optimizer.step(grads);
    if ((await x.data()).every((one) => Math.abs(Number(one)) < 0.01)) return step;
  }
  return Number.POSITIVE_INFINITY;
}

describe('momentum in three conventions', () => {
  const momentum = 0.9;

  it('the classical form and that of PyTorch are the same walk under a constant rate', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 30 }), async (grads) => {
        const [a, c] = [parameter([1]), parameter([1])];
        const [first, second] = [
          new SGD([a], { lr: 0.125, momentum }),
          new Optimizer(classicalMomentumRule, [c], { lr: 0.125, momentum }),
        ];
        for (const grad of grads) {
          first.step(new Map([[a, tensor([grad])]]));
          second.step(new Map([[c, tensor([grad])]]));
          expect(Number(await c.item())).toBeCloseTo(Number(await a.item()), 4);
        }
      }),
    );
  });

  it('they part when the rate changes: the classical form keeps what is under way', async () => {
    const [a, c] = [parameter([0]), parameter([0])];
    const first = new SGD([a], { lr: 1, momentum: 0.5 });
    const second = new Optimizer(classicalMomentumRule, [c], { lr: 1, momentum: 0.5 });
    for (const lr of [1, 0]) {
      first.lr = lr;
      second.lr = lr;
      first.step(new Map([[a, tensor([1])]]));
      second.step(new Map([[c, tensor([1])]]));
    }
    expect(await a.item()).toBe(-1);
    expect(await c.item()).toBe(-1.5);
  });

  it('the form of two terms is η (g_t + μ g_{t-1}), whatever came before', async () => {
    const x = parameter([0]);
    const optimizer = new Optimizer(twoTermMomentumRule, [x], { lr: 0.5, momentum: 0.5 });
    const seen: number[] = [];
    for (const grad of [4, 2, 0, 0, 8]) {
      optimizer.step(new Map([[x, tensor([grad])]]));
      seen.push(Number(await x.item()));
    }
    expect(seen).toEqual([-2, -4, -4.5, -4.5, -8.5]);
  });

  it('takes fewer steps than plain descent along a narrow valley, and the form of two terms hardly fewer', async () => {
    const lr = 0.013;
    const plain = await stepsToConverge((x) => new SGD([x], { lr }));
    const pytorch = await stepsToConverge((x) => new SGD([x], { lr, momentum: 0.8 }));
    const nesterov = await stepsToConverge((x) => new SGD([x], { lr, momentum: 0.8, nesterov: true }));
    const classical = await stepsToConverge((x) => new Optimizer(classicalMomentumRule, [x], { lr, momentum: 0.8 }));
    const twoTerm = await stepsToConverge((x) => new Optimizer(twoTermMomentumRule, [x], { lr: lr / 2, momentum: 0.8 }));
    expect(classical).toBe(pytorch);
    expect(pytorch).toBeLessThan(plain / 4);
    expect(nesterov).toBeLessThan(plain / 4);
    expect(twoTerm).toBeGreaterThan(plain / 2);
  });
});

describe('maximize', () => {
  it.each(
    [SGD, Adam, AdamW, Adagrad, Adadelta, RMSprop, Adamax, NAdam, RAdam, Rprop].map(
      (Optimiser) => [Optimiser.name, Optimiser] as const,
    ),
  )('of %s climbs by the steps that would descend the opposite', async (_, Optimiser) => {
    const [up, down] = [parameter([1, -2]), parameter([1, -2])];
    const climbing = new Optimiser([up], { lr: 0.1, maximize: true });
    const descending = new Optimiser([down], { lr: 0.1 });
    for (const grad of [
      [1, 2],
      [-3, 1],
      [0.5, 0],
      [2, -2],
      [1, 1],
      [1, 2],
      [2, 1],
    ]) {
      climbing.step(new Map([[up, tensor(grad)]]));
      descending.step(new Map([[down, tensor(grad.map((x) => -x))]]));
    }
    expect(await up.data()).toEqual(await down.data());
    expect(await up.data()).not.toEqual(new Float32Array([1, -2]));
  });
});

describe('gradient descent', () => {
  it('solves least squares as the normal equations do', async () => {
    // A = [[1, 0], [1, 1], [1, 2], [1, 3]], b = [1, 2.9, 5.2, 7.1]: (AᵀA)⁻¹Aᵀb = [0.96, 2.06]
    const a = tensor([
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3],
    ]);
    const b = tensor([[1], [2.9], [5.2], [7.1]]);
    const w = new Parameter(tensor([[0], [0]]));
    const optimizer = new SGD([w], { lr: 0.05 });
    for (let i = 0; i < 2000; i++) {
      optimizer.step(valueAndGrad(() => sum(square(sub(matmul(a, w), b))), [w]).grads);
    }
    const [w0, w1] = await w.data();
    expect(Math.abs(Number(w0) - 0.96)).toBeLessThan(1e-4);
    expect(Math.abs(Number(w1) - 2.06)).toBeLessThan(1e-4);
  });

  it('has steps that shrink with the rate, and swings across the minimum where the rate is too large', async () => {
    const walk = async (lr: number): Promise<number[]> => {
      const x = parameter([1]);
      const optimizer = new SGD([x], { lr });
      const seen: number[] = [];
      for (let i = 0; i < 10; i++) {
        optimizer.step(valueAndGrad(() => sum(square(x)), [x]).grads);
        seen.push(Number(await x.item()));
      }
      return seen;
    };
    const [small, large, tooLarge] = [await walk(0.1), await walk(0.9), await walk(1.1)];
    expect(1 - small[0]).toBeLessThan(1 - large[0]);
    expect(small.every((x) => x > 0)).toBe(true);
    expect(large.every((x, i) => Math.sign(x) === (i % 2 === 0 ? -1 : 1))).toBe(true);
    expect(Math.abs(tooLarge[9])).toBeGreaterThan(1);
  });

  it('has a first step of Adam as long as the rate, however steep the slope', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.01, max: 1e4, noNaN: true }), async (slope) => {
        const x = parameter([0]);
        new Adam([x], { lr: 0.25 }).step(new Map([[x, tensor([slope])]]));
        expect(Math.abs(Number(await x.item()) + 0.25)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('the perceptron rule', () => {
  it('is plain descent on the perceptron loss: only what is misclassified moves the weights, by the input', async () => {
    const x = tensor([
      [1, 2],
      [3, -1],
    ]);
    const y = tensor([0, 1], { dtype: 'int32' });
    // Class 0 wins both: the first is right, the second moves both classes by its input.
    const weight = new Parameter(
      tensor([
        [1, 0],
        [0, 0],
      ]),
    );
    const loss = (): Tensor => perceptronLoss(matmul(x, weight.transpose(0, 1)), y, { reduction: 'sum' });
    new SGD([weight], { lr: 0.5 }).step(valueAndGrad(loss, [weight]).grads);
    expect(await weight.array()).toEqual([
      [-0.5, 0.5],
      [1.5, -0.5],
    ]);
  });
});

describe('sign descent', () => {
  it('trains a network by wiggling every weight: the slopes are finite differences', async () => {
    const rng = new Rng(3);
    const model = new Sequential({ hidden: new Linear(2, 4, { rng }), tanh: new Tanh(), output: new Linear(4, 1, { rng }) });
    const [x, y] = [randn([8, 2], { rng }), randn([8, 1], { rng })];
    const params = model.parameters();
    const loss = (): Tensor => mseLoss(model.forward(x), y);
    const before = Number(await loss().item());
    const optimizer = new Optimizer(signRule, params, { lr: 0.01 });
    for (let i = 0; i < 60; i++) {
      const grads = new Map<Parameter, Tensor>();
      for (const weight of params) {
        const own = new Parameter(add(weight, 0));
        const slopes = await numericalGradient((value) => withWeight(weight, value, loss), own);
        grads.set(weight, tensor(slopes, { shape: weight.shape, dtype: weight.dtype }));
      }
      optimizer.step(grads);
    }
    expect(Number(await loss().item())).toBeLessThan(0.6 * before);
  });
});

/** The loss with another value in a weight's place. */
function withWeight(weight: Parameter, value: Tensor, loss: () => Tensor): Tensor {
  return withoutRecording(() => {
    const own = add(weight, 0);
    weight.assign(value);
    const result = loss();
    weight.assign(own);
    return result;
  });
}

describe('the proximal step', () => {
  /** Fits 8 weights of which 2 matter, under a penalty. */
  async function fit(make: (w: Parameter) => AnyOptimizer, lambda: number, inLoss: boolean): Promise<number[]> {
    const rng = new Rng(5);
    const x = randn([40, 8], { rng });
    const truth = tensor([[2], [0], [0], [-1], [0], [0], [0], [0]]);
    const y = add(matmul(x, truth), mul(randn([40, 1], { rng }), 0.1));
    const w = new Parameter(mul(randn([8, 1], { rng }), 0.5));
    const optimizer = make(w);
    const loss = (): Tensor => {
      const data = mul(sum(square(sub(matmul(x, w), y))), 1 / 80);
      return inLoss ? add(data, l1Penalty([w], lambda)) : data;
    };
    for (let i = 0; i < 400; i++) optimizer.step(valueAndGrad(loss, [w]).grads);
    return Array.from(await w.data(), Number);
  }

  const zeros = (weights: readonly number[]): number => weights.filter((w) => w === 0).length;

  it('makes more weights exactly zero the stronger the penalty is', async () => {
    const counts: number[] = [];
    for (const lambda of [0, 0.01, 0.1, 5]) {
      counts.push(zeros(await fit((w) => new Optimizer(proximalL1Rule, [w], { lr: 0.1, lambda }), lambda, false)));
    }
    expect(counts[0]).toBe(0);
    expect(counts[2]).toBe(6);
    expect(counts[3]).toBe(8);
    expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  });

  it('ends where descent on the penalised loss does, which comes near zero only', async () => {
    const proximal = await fit((w) => new Optimizer(proximalL1Rule, [w], { lr: 0.1, lambda: 0.1 }), 0.1, false);
    const slope = await fit((w) => new SGD([w], { lr: 0.1 }), 0.1, true);
    expect(zeros(slope)).toBe(0);
    for (const [i, w] of slope.entries()) expect(Math.abs(w - proximal[i])).toBeLessThan(0.02);
  });
});

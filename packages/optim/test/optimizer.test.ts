import { ArgumentError, ShapeError } from '@dl/kernels';
import { add, currentBackend, mul, Parameter, type Tensor, tensor, tidy, useBackend } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  classicalMomentumRule,
  type Hyper,
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

const weights = (...values: number[]): Parameter => new Parameter(tensor(values));

const gradients = (...pairs: [Parameter, number[]][]): Map<Parameter, Tensor> =>
  new Map(pairs.map(([parameter, values]) => [parameter, tensor(values)]));

describe('step', () => {
  it('frees the gradients and keeps only what the rule remembers', () => {
    const weight = weights(1, 2, 3, 4);
    const optimizer = new Adam([weight]);
    optimizer.step(gradients([weight, [1, 1, 1, 1]]));
    const { bytes, buffers } = currentBackend().stats();
    for (let i = 0; i < 50; i++) optimizer.step(gradients([weight, [1, -1, i, 0]]));
    expect(currentBackend().stats()).toMatchObject({ bytes, buffers });
    const grads = gradients([weight, [1, 1, 1, 1]]);
    optimizer.step(grads);
    expect([...grads.values()].every((grad) => grad.isDisposed)).toBe(true);
  });

  it('leaves a parameter without a gradient as it is, and frees gradients of parameters that are not its own', async () => {
    const [mine, still, other] = [weights(1), weights(2), weights(3)];
    const grads = gradients([mine, [1]], [other, [1]]);
    new SGD([mine, still], { lr: 0.5 }).step(grads);
    expect([await mine.item(), await still.item(), await other.item()]).toEqual([0.5, 2, 3]);
    expect(grads.get(other)!.isDisposed).toBe(true);
  });

  it('changes nothing when a gradient has another shape than its parameter', async () => {
    const [a, b] = [weights(1), weights(2)];
    const optimizer = new SGD([a, b], { lr: 1 });
    const step = (): void => optimizer.step(gradients([a, [1]], [b, [1, 1]]));
    expect(step).toThrow(ShapeError);
    expect(step).toThrow("SGD: a gradient must have its parameter's shape [1], got [2]");
    expect(await a.item()).toBe(1);
  });

  it('works inside a scope, and what it remembers outlives it', async () => {
    const weight = weights(1);
    const optimizer = new SGD([weight], { lr: 0.5, momentum: 0.5 });
    for (let i = 0; i < 2; i++) tidy(() => optimizer.step(gradients([weight, [1]])));
    expect(await weight.item()).toBe(-0.25);
  });

  it('uses the hyperparameters of each group', async () => {
    const [fast, slow] = [weights(1), weights(1)];
    const optimizer = new SGD([{ params: [fast], lr: 0.5 }, { params: [slow] }], { lr: 0.125 });
    optimizer.step(gradients([fast, [1]], [slow, [1]]));
    expect([await fast.item(), await slow.item()]).toEqual([0.5, 0.875]);
  });

  it('takes a learning rate that was set between steps', async () => {
    const weight = weights(1);
    const optimizer = new SGD([weight], { lr: 0.5 });
    optimizer.lr = 0.25;
    optimizer.step(gradients([weight, [1]]));
    expect(await weight.item()).toBe(0.75);
  });

  it('remembers the first gradient itself as momentum, after the gradient is freed', async () => {
    const weight = weights(1);
    const optimizer = new SGD([weight], { lr: 0.5, momentum: 0.5 });
    optimizer.step(gradients([weight, [1]]));
    optimizer.step(gradients([weight, [1]]));
    expect(await weight.item()).toBe(-0.25);
  });
});

describe('state dicts', () => {
  const train = <H extends Hyper, S extends OptimizerState>(
    optimizer: Optimizer<H, S>,
    weight: Parameter,
    steps: number,
  ): void => {
    for (let i = 0; i < steps; i++) optimizer.step(new Map([[weight, add(mul(weight, 0.3), tensor([1, 1, 1]))]]));
  };

  it('owns what it loads: the other optimiser may go on', async () => {
    const [a, b] = [weights(1, 2, 3), weights(1, 2, 3)];
    const [first, second] = [new Adam([a]), new Adam([b])];
    train(first, a, 2);
    second.loadStateDict(first.stateDict());
    train(first, a, 2);
    train(second, b, 1);
    expect(second.stateDict().state.get('0.step')).toBe(3);
  });

  it('lists everything that does not fit, and changes nothing', () => {
    const weight = weights(1, 2, 3);
    const optimizer = new Adam([weight], { lr: 0.5 });
    const { rule, hyper } = optimizer.stateDict();
    const state = new Map<string, Tensor | number>([
      ['0.expAvg', tensor([1, 2])],
      ['0.expAvgSq', tensor([1, 2, 3], { dtype: 'int32' })],
      ['7.step', 3],
    ]);
    const load = (): void => optimizer.loadStateDict({ rule, hyper: [{ ...hyper[0], lr: 9 }], state });
    expect(load).toThrow(ArgumentError);
    expect(load).toThrow('0.expAvg [2] for [3]; 0.expAvgSq int32 for float32; 7.step, which is of no parameter');
    expect(optimizer.lr).toBe(0.5);
    expect(() => optimizer.loadStateDict({ rule: 'SGD', hyper, state: new Map() })).toThrow(
      'the state must be of Adam, got that of SGD',
    );
    expect(() => optimizer.loadStateDict({ rule, hyper: [], state: new Map() })).toThrow('1 groups, got 0');
  });
});

describe('arguments', () => {
  const weight = weights(1);

  it.each<[() => unknown, string]>([
    [() => new SGD([weight], { lr: -1 }), 'SGD: lr must be a number ≥ 0, got -1'],
    [() => new SGD([weight], { lr: 1, momentum: Number.NaN }), 'SGD: momentum must be a number ≥ 0, got NaN'],
    [() => new SGD([weight], { lr: 1, nesterov: true }), 'SGD: nesterov must have momentum > 0 and dampening 0, got 0 and 0'],
    [() => new Adam([weight], { betas: [0.9, 1] }), 'Adam: betas[1] must be in [0, 1), got 1'],
    [() => new Adagrad([weight], { lrDecay: -1 }), 'Adagrad: lrDecay must be a number ≥ 0, got -1'],
    [
      () => new Adagrad([weight], { initialAccumulatorValue: -1 }),
      'Adagrad: initialAccumulatorValue must be a number ≥ 0, got -1',
    ],
    [() => new Adadelta([weight], { rho: 1.1 }), 'Adadelta: rho must be in [0, 1], got 1.1'],
    [() => new RMSprop([weight], { alpha: -1 }), 'RMSprop: alpha must be a number ≥ 0, got -1'],
    [() => new RMSprop([weight], { momentum: -1 }), 'RMSprop: momentum must be a number ≥ 0, got -1'],
    [() => new Adamax([weight], { betas: [1, 0.9] }), 'Adamax: betas[0] must be in [0, 1), got 1'],
    [() => new NAdam([weight], { momentumDecay: -1 }), 'NAdam: momentumDecay must be a number ≥ 0, got -1'],
    [() => new RAdam([weight], { eps: Number.NaN }), 'RAdam: eps must be a number ≥ 0, got NaN'],
    [() => new Rprop([weight], { etas: [1, 1.2] }), 'Rprop: etas must be in (0, 1) and above 1, got 1 and 1.2'],
    [
      () => new Rprop([weight], { stepSizes: [1, 0.5] }),
      'Rprop: stepSizes must be a smallest and a largest size ≥ 0, got 1 and 0.5',
    ],
    [() => new Optimizer(signRule, [weight], { lr: -1 }), 'SignSGD: lr must be a number ≥ 0, got -1'],
    [
      () => new Optimizer(classicalMomentumRule, [weight], { lr: 1, momentum: -1 }),
      'ClassicalMomentum: momentum must be a number ≥ 0, got -1',
    ],
    [
      () => new Optimizer(twoTermMomentumRule, [weight], { lr: 1, momentum: -1 }),
      'TwoTermMomentum: momentum must be a number ≥ 0, got -1',
    ],
    [() => new Optimizer(proximalL1Rule, [weight], { lr: 1, lambda: -1 }), 'ProximalL1: lambda must be a number ≥ 0, got -1'],
    [() => new AdamW([weight], { weightDecay: -0.1 }), 'AdamW: weightDecay must be a number ≥ 0, got -0.1'],
    [() => new Adam([]), 'Adam: there must be parameters to optimise, got none'],
    [() => new Adam([weight, weight]), 'Adam: parameters must be given once, got one twice'],
    [() => new Adam([{ params: [weight], eps: -1 }]), 'Adam: eps must be a number ≥ 0, got -1'],
  ])('%# are refused by name', (make, message) => {
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });

  it('refuses a negative learning rate later, too', () => {
    const optimizer = new SGD([weight], { lr: 0.5 });
    expect(() => {
      optimizer.lr = -1;
    }).toThrow(ArgumentError);
    expect(() => optimizer.setLearningRates([1, 2])).toThrow('there must be 1 learning rates, got 2');
    expect(() => optimizer.setHyper([{}, {}])).toThrow('there must be 1 changes, got 2');
    expect(() => optimizer.setHyper([{ lr: 0.1, momentum: -1 }])).toThrow('momentum must be a number ≥ 0, got -1');
    expect(optimizer.lr).toBe(0.5);
  });
});

import { valueAndGrad } from '@dl/autograd';
import { ArgumentError, ShapeError } from '@dl/kernels';
import { add, mul, Parameter, square, sub, sum, type Tensor, tensor, useBackend } from '@dl/tensor';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { LBFGS, type LBFGSClosure, type LBFGSHyper, SGD } from '../src/index.ts';
import golden from './golden/lbfgs.json' with { type: 'json' };
import { onHost } from './on-host.ts';

const reference = await useBackend('reference');

const functions = {
  rosenbrock: (x: Tensor, y: Tensor) => add(square(sub(1, x)), mul(square(sub(y, square(x))), 100)),
  quadratic: (x: Tensor, y: Tensor) => add(sub(add(add(square(x), mul(square(y), 10)), mul(x, y)), mul(x, 3)), y),
};

const scalars = (values: readonly number[]): Parameter[] =>
  values.map((value) => new Parameter(tensor(value, { dtype: 'float64', backend: reference })));

function closureOf(name: string, [x, y]: readonly Parameter[]): LBFGSClosure {
  return () => valueAndGrad(() => functions[name as keyof typeof functions](x, y), [x, y]);
}

const valuesOf = (params: readonly Parameter[]): Promise<number[]> =>
  Promise.all(params.map(async (x) => Number(await x.item())));

describe('LBFGS agrees with PyTorch 1.13 in double precision', () => {
  it.each(golden)('$function $options', async ({ function: name, start, options, values }) => {
    const params = scalars(start);
    const optimizer = new LBFGS(params, options as Partial<LBFGSHyper>);
    for (const [expectedLoss, x, y, funcEvals, nIter] of values) {
      const loss = await optimizer.step(closureOf(name, params));
      const actual = [loss, ...(await valuesOf(params))];
      for (const [i, value] of [expectedLoss, x, y].entries()) {
        expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
      }
      const { state } = optimizer.stateDict();
      expect([state.get('0.funcEvals'), state.get('0.nIter')]).toEqual([funcEvals, nIter]);
    }
  });
});

describe('LBFGS', () => {
  beforeEach(() => useBackend('reference'));

  it.each(['reference', 'wasm'] as const)('finds the minimum of a parabola in single precision on %s', async (name) => {
    const backend = await useBackend(name);
    const x = new Parameter(tensor([0, 7], { backend }));
    const optimizer = new LBFGS([x], { lineSearchFn: 'strongWolfe' });
    const loss = (): Tensor => sum(add(sub(square(x), mul(x, 5)), 2));
    await optimizer.step(() => valueAndGrad(loss, [x]));
    for (const value of await x.data()) expect(value).toBeCloseTo(2.5, 4);
  });

  it('gets further along a narrow valley than descent with a hundred times the evaluations', async () => {
    const [params, descending] = [scalars([-1.5, 2]), scalars([-1.5, 2])];
    const optimizer = new LBFGS(params, { maxIter: 50, lineSearchFn: 'strongWolfe' });
    await optimizer.step(closureOf('rosenbrock', params));
    const descent = new SGD(descending, { lr: 1e-3 });
    for (let i = 0; i < 5000; i++) descent.step(closureOf('rosenbrock', descending)().grads as Map<Parameter, Tensor>);
    const distance = async (of: readonly Parameter[]): Promise<number> => Math.hypot(...(await valuesOf(of)).map((x) => x - 1));
    expect(await distance(params)).toBeLessThan(1e-3);
    expect(await distance(descending)).toBeGreaterThan(1e-2);
  });

  it('goes on from a state dict with the same bits, from the host or from the other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('strongWolfe' as const, undefined),
        fc.boolean(),
        async (steps, lineSearchFn, isOnHost) => {
          const options = { maxIter: 2, lr: 0.3, historySize: 3, lineSearchFn };
          const params = scalars([1.5, 0.5]);
          const optimizer = new LBFGS(params, options);
          for (let i = 0; i < steps; i++) await optimizer.step(closureOf('quadratic', params));
          const copies = scalars(await valuesOf(params));
          const resumed = new LBFGS(copies, options);
          resumed.loadStateDict(isOnHost ? await onHost(optimizer.stateDict()) : optimizer.stateDict());
          for (let i = 0; i < 3; i++) await optimizer.step(closureOf('quadratic', params));
          for (let i = 0; i < 3; i++) await resumed.step(closureOf('quadratic', copies));
          expect(await valuesOf(copies)).toEqual(await valuesOf(params));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('keeps no more memory than its history', async () => {
    const params = scalars([-1.5, 2]);
    const optimizer = new LBFGS(params, { maxIter: 3, historySize: 2, lineSearchFn: 'strongWolfe' });
    for (let i = 0; i < 2; i++) await optimizer.step(closureOf('rosenbrock', params));
    const { buffers, bytes } = reference.stats();
    for (let i = 0; i < 5; i++) await optimizer.step(closureOf('rosenbrock', params));
    expect(reference.stats()).toMatchObject({ buffers, bytes });
  });

  it('frees what an iteration has evaluated before the next', async () => {
    const params = scalars([-1.5, 2]);
    const seen: number[] = [];
    const closure = closureOf('rosenbrock', params);
    const counting: LBFGSClosure = () => {
      seen.push(reference.stats().buffers);
      return closure();
    };
    await new LBFGS(params, { maxIter: 30, historySize: 2, lineSearchFn: 'strongWolfe' }).step(counting);
    expect(seen.length).toBeGreaterThan(30);
    expect(Math.max(...seen.slice(15))).toBeLessThanOrEqual(Math.max(...seen.slice(0, 15)));
  });

  it('leaves the weights where the last iteration did when the closure throws, and can go on', async () => {
    const params = scalars([-1.5, 2]);
    const optimizer = new LBFGS(params, { lineSearchFn: 'strongWolfe' });
    await new LBFGS(params, { maxIter: 1 }).step(closureOf('rosenbrock', params));
    const { buffers } = reference.stats();
    const before = await valuesOf(params);
    let calls = 0;
    const failing: LBFGSClosure = () => {
      if (++calls === 2) throw new Error('no data');
      return closureOf('rosenbrock', params)();
    };
    await expect(optimizer.step(failing)).rejects.toThrow('no data');
    expect(await valuesOf(params)).toEqual(before);
    expect(reference.stats()).toMatchObject({ buffers });
    await optimizer.step(closureOf('rosenbrock', params));
    expect(await valuesOf(params)).not.toEqual(before);
  });

  it('takes a parameter without a gradient for one at rest', async () => {
    const [x, y] = scalars([1, 2]);
    await new LBFGS([x, y]).step(() => valueAndGrad(() => square(x), [x]));
    expect(await y.item()).toBe(2);
    expect(Math.abs(Number(await x.item()))).toBeLessThan(1e-6);
  });

  const [x] = scalars([1]);

  it.each<[() => unknown, string]>([
    [() => new LBFGS([]), 'LBFGS: there must be parameters to optimise, got none'],
    [() => new LBFGS([x, x]), 'LBFGS: parameters must be given once, got one twice'],
    [() => new LBFGS([x, new Parameter(tensor(1))]), 'LBFGS: parameters must be of one dtype and backend, got several'],
    [() => new LBFGS([x], { lr: -1 }), 'LBFGS: lr must be a number ≥ 0, got -1'],
    [() => new LBFGS([x], { maxIter: 0 }), 'LBFGS: maxIter must be a positive integer, got 0'],
    [() => new LBFGS([x], { historySize: 1.5 }), 'LBFGS: historySize must be a positive integer, got 1.5'],
    [
      () => new LBFGS([x], { lineSearchFn: 'armijo' as 'strongWolfe' }),
      "LBFGS: lineSearchFn must be 'strongWolfe' or undefined, got armijo",
    ],
    [() => new LBFGS([x]).setHyper([]), 'LBFGS: there must be 1 changes, got 0'],
  ])('%# is refused by name', (make, message) => {
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });

  it('refuses a gradient of another shape', async () => {
    const closure = (): ReturnType<LBFGSClosure> => ({ value: tensor(1), grads: new Map([[x, tensor([1, 2])]]) });
    await expect(new LBFGS([x]).step(closure)).rejects.toThrow(ShapeError);
  });

  it('lists everything of a state that does not fit, and changes nothing', async () => {
    const params = scalars([1, 2]);
    const optimizer = new LBFGS(params);
    await optimizer.step(closureOf('quadratic', params));
    const { rule, hyper, state } = optimizer.stateDict();
    const wrong = new Map<string, Tensor | number>([
      ...state,
      ['0.d', tensor([1], { backend: reference })],
      ['0.best', 1],
      ['0.al', tensor(2)],
    ]);
    wrong.delete('0.hDiag');
    const load = (): void => optimizer.loadStateDict({ rule, hyper: [{ ...hyper[0], lr: 9 }], state: wrong });
    expect(load).toThrow(ArgumentError);
    expect(load).toThrow(
      'the state must fit the parameters, got no 0.hDiag; 0.d [1] for [2]; 0.d float32 for float64; 0.best, which is a number; 0.al, which is of no parameter',
    );
    expect(optimizer.lr).toBe(1);
    expect(() => optimizer.loadStateDict({ rule: 'SGD', hyper, state })).toThrow('the state must be of LBFGS, got that of SGD');
    expect(() => optimizer.loadStateDict({ rule, hyper: [], state })).toThrow('the state must have 1 groups, got 0');
  });
});

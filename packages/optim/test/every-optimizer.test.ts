import { valueAndGrad } from '@dl/autograd';
import { add, mul, Parameter, square, sub, sum, type Tensor, tensor, useBackend } from '@dl/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hyper, Optimizer, OptimizerState } from '../src/index.ts';
import { allOptimizers } from './all-optimizers.ts';
import { onHost } from './on-host.ts';

const backend = await useBackend('reference');

const parameter = (values: readonly number[]): Parameter => new Parameter(tensor(values));

const step = (optimizer: Optimizer<Hyper, OptimizerState>, weight: Parameter, grad: readonly number[]): void =>
  optimizer.step(new Map([[weight, add(mul(weight, 0.3), tensor(grad))]]));

const grads = fc.array(fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }), {
  minLength: 2,
  maxLength: 10,
});

describe.each(Object.entries(allOptimizers))('%s', (_, make) => {
  it('finds the minimum of the lecture, x² - 5x + 2: x = 2.5, y = -4.25', async () => {
    const x = parameter([0]);
    const optimizer = make([x]);
    const loss = (): Tensor => sum(add(sub(square(x), mul(x, 5)), 2));
    for (let i = 0; i < 4000; i++) {
      const { value, grads: slopes } = valueAndGrad(loss, [x]);
      value.dispose();
      optimizer.step(slopes);
    }
    expect(await x.item()).toBeCloseTo(2.5, 2);
    expect(await loss().item()).toBeCloseTo(-4.25, 4);
  });

  it('goes on from a state dict in mid-run with the same bits', async () => {
    await fc.assert(
      fc.asyncProperty(grads, fc.nat(), fc.boolean(), async (steps, at, isOnHost) => {
        const weight = parameter([1, -2, 3]);
        const optimizer = make([weight]);
        const [before, after] = [steps.slice(0, at % steps.length), steps.slice(at % steps.length)];
        for (const grad of before) step(optimizer, weight, grad);
        const copy = parameter([...(await weight.data())]);
        const resumed = make([copy]);
        resumed.loadStateDict(isOnHost ? await onHost(optimizer.stateDict()) : optimizer.stateDict());
        for (const grad of after) {
          step(optimizer, weight, grad);
          step(resumed, copy, grad);
        }
        expect(await copy.data()).toEqual(await weight.data());
        const [first, second] = [await onHost(optimizer.stateDict()), await onHost(resumed.stateDict())];
        expect(second).toEqual(first);
      }),
      { numRuns: 15 },
    );
  });

  it('keeps no more memory after a hundred steps than after two', () => {
    const weight = parameter([1, 2, 3]);
    const optimizer = make([weight]);
    for (let i = 0; i < 2; i++) optimizer.step(new Map([[weight, tensor([1, -1, i])]]));
    const { bytes, buffers } = backend.stats();
    for (let i = 0; i < 98; i++) optimizer.step(new Map([[weight, tensor([1, -1, i])]]));
    expect(backend.stats()).toMatchObject({ bytes, buffers });
  });
});

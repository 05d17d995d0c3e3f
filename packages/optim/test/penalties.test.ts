import { valueAndGrad } from '@dl/autograd';
import { ArgumentError } from '@dl/kernels';
import { mul, Parameter, sum, type Tensor, tensor, useBackend } from '@dl/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { l1Penalty, l2Penalty, SGD } from '../src/index.ts';

await useBackend('reference');

const value = fc.integer({ min: -64, max: 64 }).map((n) => n / 16);
const values = fc.array(value, { minLength: 1, maxLength: 6 });

describe('penalties', () => {
  it('have the gradients λ sign(θ) and λ θ exactly, over all parameters', async () => {
    await fc.assert(
      fc.asyncProperty(values, values, fc.constantFrom(0, 0.25, 2), async (first, second, lambda) => {
        for (const [penalty, slope, total] of [
          [l1Penalty, Math.sign, (x: number) => lambda * Math.abs(x)],
          [l2Penalty, (x: number) => x, (x: number) => (lambda / 2) * x * x],
        ] as const) {
          const params = [first, second].map((one) => new Parameter(tensor(one)));
          const result = valueAndGrad(() => penalty(params, lambda), params);
          for (const [i, given] of [first, second].entries()) {
            const grad = await result.grads.get(params[i])!.data();
            expect([...grad].map((x) => Number(x) + 0)).toEqual(given.map((x) => lambda * slope(x) + 0));
          }
          const expected = [...first, ...second].reduce((sum, x) => sum + total(x), 0);
          expect(await result.value.item()).toBeCloseTo(expected, 4);
        }
      }),
    );
  });

  it('L2 shrinks a weight without slope by 1 - ηλ a step, as weight decay does', async () => {
    const [lr, lambda] = [0.5, 0.25];
    const [penalised, decayed] = [new Parameter(tensor([8, -4])), new Parameter(tensor([8, -4]))];
    const flat = (weight: Parameter): Tensor => sum(mul(weight, 0));
    const first = new SGD([penalised], { lr });
    const second = new SGD([decayed], { lr, weightDecay: lambda });
    for (let i = 0; i < 3; i++) {
      first.step(valueAndGrad(() => flat(penalised).add(l2Penalty([penalised], lambda)), [penalised]).grads);
      second.step(valueAndGrad(() => flat(decayed), [decayed]).grads);
    }
    expect([...(await penalised.data())]).toEqual([8 * 0.875 ** 3, -4 * 0.875 ** 3]);
    expect(await decayed.data()).toEqual(await penalised.data());
  });

  it.each<[() => unknown, string]>([
    [() => l1Penalty([], 1), 'l1Penalty: there must be parameters to penalise, got none'],
    [() => l2Penalty([tensor([1])], -1), 'l2Penalty: lambda must be a number ≥ 0, got -1'],
    [() => l1Penalty([tensor([1])], Number.NaN), 'l1Penalty: lambda must be a number ≥ 0, got NaN'],
  ])('%# is refused by name', (run, message) => {
    expect(run).toThrow(ArgumentError);
    expect(run).toThrow(message);
  });
});

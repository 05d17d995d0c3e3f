import type { Tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { oneAgainstAll } from '../src/step-ambiguity.ts';

async function expectNear(x: Tensor, expected: readonly number[], digits: number): Promise<void> {
  for (const [i, value] of (await x.data()).entries()) expect(value).toBeCloseTo(expected[i], digits);
}

describe('6.2 one against all', () => {
  it('is clear about a point that one of the two claims', async () => {
    const { h, step } = oneAgainstAll([0.3, -0.5]);
    await expectNear(h, [0.625, -0.546], 6);
    expect(await step.array()).toEqual([1, -1]);
  });

  it('cannot choose by steps when both claim one, and can by tanh', async () => {
    const { h, step, soft } = oneAgainstAll([-0.4, 1]);
    await expectNear(h, [0.06, 0.428], 6);
    expect(await step.array()).toEqual([1, 1]);
    await expectNear(soft, [0.0599, 0.4036], 4);
  });
});

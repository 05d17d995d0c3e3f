import { lstsq, Rng, type Tensor, useBackend } from '@dl/tensor';
import { beforeAll, expect, it } from 'vitest';
import { byDescent, byNormalEquations } from '../src/normal-equations.ts';

beforeAll(() => useBackend('reference'));

it('4.3 descent comes to what the normal equations and QR give at once', async () => {
  const rng = new Rng(1);
  const [a, b] = [rng.normal([30, 4], { dtype: 'float64' }), rng.normal([30, 2], { dtype: 'float64' })];
  const numbers = async (x: Tensor): Promise<number[]> => Array.from(await x.data(), Number);
  const exact = await numbers(byNormalEquations(a, b));
  for (const found of [lstsq(a, b), byDescent(a, b)]) {
    for (const [i, value] of (await numbers(found)).entries()) expect(value).toBeCloseTo(exact[i], 6);
  }
  const tenSteps = await numbers(byDescent(a, b, 10));
  expect(Math.max(...tenSteps.map((value, i) => Math.abs(value - exact[i])))).toBeGreaterThan(1e-4);
});

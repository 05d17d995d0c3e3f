import { concat, greater, tensor, useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { grid } from '../src/field.ts';
import { type Approximator, curve, ofRelus, ofSteps, reluSwitches, target } from '../src/universal-approximation.ts';

beforeAll(() => useBackend('wasm'));

const error = async (net: Approximator): Promise<number> =>
  Math.max(...(await curve(net)).slice(0, -1).map(([x, y]) => Math.abs(y - target(x))));

describe('6.34 universal approximation', () => {
  it('by steps: twice as many are about half as wrong', async () => {
    const errors = await Promise.all([20, 40, 80].map((units) => error(ofSteps(units))));
    for (const i of [1, 2]) expect(errors[i] / errors[i - 1]).toBeCloseTo(0.5, 1);
    expect(errors[2]).toBeLessThan(0.13);
  });

  it('by ReLUs: twice as many are about a quarter as wrong, and the knots are met', async () => {
    const errors = await Promise.all([20, 40, 80].map((units) => error(ofRelus(units))));
    for (const i of [1, 2]) expect(errors[i] / errors[i - 1]).toBeCloseTo(0.25, 1);
    for (const [x, y] of await curve(ofRelus(20), 21)) expect(y).toBeCloseTo(target(x), 4);
  });

  it('cuts the plane into more linear pieces than it has units', async () => {
    const places = tensor(grid({ xs: [-1, 1], ys: [-1, 1], columns: 80, rows: 80 }).map((place) => [...place]));
    const on = await greater(concat(reluSwitches(places), 1), 0).data();
    const patterns = new Set(Array.from({ length: 6400 }, (_, i) => on.slice(12 * i, 12 * (i + 1)).join('')));
    expect(patterns.size).toBeGreaterThan(20);
  });
});

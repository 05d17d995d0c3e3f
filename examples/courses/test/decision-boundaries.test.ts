import { useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { learn } from '../src/decision-boundaries.ts';
import { toySet, toySetNames } from '../src/toy-sets.ts';

beforeAll(() => useBackend('wasm'));

describe('9.4 decision boundaries', () => {
  it('of perceptrons are lines: they part two classes, and neither XOR nor rings nor spirals', async () => {
    for (const model of ['perceptron', 'multiperceptron'] as const) {
      expect((await learn(model, toySet('two classes'))).accuracy).toBe(1);
      for (const name of ['XOR', 'rings', 'spirals'] as const) {
        expect((await learn(model, toySet(name))).accuracy, `${model} on ${name}`).toBeLessThan(0.8);
      }
    }
  });

  it.each(toySetNames)('of an MLP part %s', async (name) => {
    expect((await learn('MLP', toySet(name))).accuracy).toBe(1);
  });

  it('7.11: the MLP is unsure near the boundary, and sure away from it', async () => {
    const learnt = await learn('MLP', toySet('rings'));
    const along = await learnt.classOne({ xs: [0, 1], ys: [0, 0.001], columns: 41, rows: 2 });
    const unsure = along.slice(0, 41).map((share) => 1 - Math.abs(2 * share - 1));
    const widest = unsure.indexOf(Math.max(...unsure)) / 40;
    expect(widest).toBeGreaterThan(0.37);
    expect(widest).toBeLessThan(0.73);
    expect(Math.max(...unsure)).toBeGreaterThan(0.5);
    for (const radius of [0.3, 0.8]) expect(unsure[radius * 40]).toBeLessThan(0.1);
  });

  it('stand on sets that equal seeds make equal', () => {
    expect(toySet('spirals', 20, 4)).toEqual(toySet('spirals', 20, 4));
    expect(toySet('spirals', 20, 4)).not.toEqual(toySet('spirals', 20, 5));
    for (const name of toySetNames) for (const place of toySet(name).points) expect(Math.hypot(...place)).toBeLessThan(1.3);
  });
});

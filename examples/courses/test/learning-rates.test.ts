import { useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { descend, parabola, walks } from '../src/learning-rates.ts';
import { learningRatesSvg } from '../src/learning-rates-svg.ts';

beforeAll(() => useBackend('wasm'));

const distances = (xs: readonly number[]): number[] => xs.map((x) => Math.abs(x - 2.5));

describe('gradient descent', () => {
  it('comes to x = 2.5, y = -4.25 on x² - 5x + 2', async () => {
    const { xs, ys } = await descend({ title: '', fn: parabola, from: 0, lr: 0.1, steps: 100 });
    expect(xs[100]).toBeCloseTo(2.5, 5);
    expect(ys[100]).toBeCloseTo(-4.25, 5);
  });

  it('does on each panel what its title says', async () => {
    const [small, large, tooLarge, flat] = await Promise.all(walks.map(descend));
    expect(small.xs.every((x, i) => i === 0 || (x > small.xs[i - 1] && x < 2.5))).toBe(true);
    expect(large.xs.every((x, i) => Math.sign(x - 2.5) === (i % 2 === 0 ? -1 : 1))).toBe(true);
    expect(large.xs.every((_, i) => i === 0 || distances(large.xs)[i] < distances(large.xs)[i - 1])).toBe(true);
    expect(tooLarge.xs.every((_, i) => i === 0 || distances(tooLarge.xs)[i] > distances(tooLarge.xs)[i - 1])).toBe(true);
    expect(Math.abs(flat.xs[20] - flat.xs[0])).toBeLessThan(0.1);
    expect(Math.abs(small.xs[1] - small.xs[0])).toBeLessThan(Math.abs(large.xs[1] - large.xs[0]));
  });

  it('is drawn with a dot for every step', async () => {
    const svg = await learningRatesSvg(walks);
    const dots = walks.reduce((sum, { steps }) => sum + steps + 1, 0);
    expect(svg.match(/<circle/g)).toHaveLength(dots);
    for (const { title } of walks) expect(svg).toContain(`>${title}</text>`);
    expect(svg).not.toContain('NaN');
  });
});

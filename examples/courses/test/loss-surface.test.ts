import { useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { grid } from '../src/field.ts';
import { region, surface, walk, walks } from '../src/loss-surface.ts';

beforeAll(() => useBackend('wasm'));

const [descent, stochastic, fast, slow] = walks;
const rises = (values: readonly number[]): number => values.filter((value, i) => i > 0 && value > values[i - 1]).length;
const length = (path: readonly (readonly [number, number])[]): number =>
  path.reduce((sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - path[i - 1][0], y - path[i - 1][1])), 0);

describe('9.9, 4.13 ways down a loss surface', () => {
  it('gradient descent goes down at every step, SGD now and then up, and both arrive', async () => {
    const [whole, single] = await Promise.all([walk(descent), walk(stochastic)]);
    expect(rises(whole.losses.slice(0, 30))).toBe(0);
    expect(rises(single.losses)).toBeGreaterThan(20);
    const heights = await surface();
    const lowest = Math.min(...heights);
    for (const { losses } of [whole, single]) expect(losses.at(-1)! - lowest).toBeLessThan(0.05);
    const [x, y] = grid(region)[heights.indexOf(lowest)];
    expect(Math.hypot(whole.path[60][0] - x, whole.path[60][1] - y)).toBeLessThan(0.1);
  });

  it('a rate near the limit crosses the valley at every step', async () => {
    const { path } = await walk(fast);
    const end = path[60][1];
    for (let i = 1; i < 8; i++) expect(Math.sign(path[i][1] - end), `step ${i}`).toBe(-Math.sign(path[i - 1][1] - end));
  });

  it('a tenth of a rate goes less far', async () => {
    const [whole, tenth] = await Promise.all([walk(descent), walk(slow)]);
    expect(length(tenth.path.slice(0, 2))).toBeCloseTo(length(whole.path.slice(0, 2)) / 10, 5);
    expect(tenth.losses[60]).toBeGreaterThan(2 * whole.losses[60]);
  });
});

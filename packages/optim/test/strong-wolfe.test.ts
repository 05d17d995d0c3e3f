import { describe, expect, it } from 'vitest';
import type { LinePoint } from '../src/lbfgs/cubic-interpolate.ts';
import { strongWolfe } from '../src/lbfgs/strong-wolfe.ts';
import golden from './golden/strong-wolfe.json' with { type: 'json' };

/** Functions of the way along a line, with their slopes. */
const lines: Record<string, (t: number) => readonly [loss: number, slope: number]> = {
  quartic: (t) => [(t - 3) ** 4, 4 * (t - 3) ** 3],
  hill: (t) => [-t / (t ** 2 + 2), (t ** 2 - 2) / (t ** 2 + 2) ** 2],
  wave: (t) => [Math.sin(5 * t) * 0.6 - t + 0.1 * t ** 2, 3 * Math.cos(5 * t) - 1 + 0.2 * t],
  wall: (t) => [Math.exp(8 * t - 4) - 3 * t, 8 * Math.exp(8 * t - 4) - 3],
  kink: (t) => [Math.abs(t - 0.37) + 1e-3 * t ** 2, Math.sign(t - 0.37) + 2e-3 * t],
};

describe('strongWolfe tries the steps that the search of PyTorch 1.13 tries, and takes the same', () => {
  it.each(golden)('$line from $first', async ({ line, first, tried, taken }) => {
    const seen: number[] = [];
    const at = (t: number): LinePoint => {
      const [loss, slope] = lines[line](t);
      return { t, loss, slope };
    };
    const evaluate = async (t: number): Promise<LinePoint> => {
      seen.push(t);
      return at(t);
    };
    const found = await strongWolfe(at(0), first, evaluate, { toleranceChange: 1e-9, directionNorm: 1 });
    expect(seen).toHaveLength(tried.length);
    for (const [i, t] of tried.entries()) expect(Math.abs(seen[i] - t)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(t)));
    expect(Math.abs(found.t - taken)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(taken)));
  });
});

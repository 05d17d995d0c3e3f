import { conv2d } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { gaborBank, stripes } from '../src/gabor-bank.ts';

describe('6.38 a bank of oriented filters', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])('answers stripes of orientation %d with the filter for it', async (i) => {
    const energy = await conv2d(stripes((i * Math.PI) / 8), gaborBank())
      .square()
      .mean([0, 2, 3])
      .data();
    expect(energy.indexOf(Math.max(...energy))).toBe(i);
    expect(energy[(i + 4) % 8]).toBeLessThan(0.02 * energy[i]);
  });

  it('does not see an even grey, and all its filters are equally strong', async () => {
    for (const sum of await gaborBank().sum([1, 2, 3]).data()) expect(sum).toBeCloseTo(0, 5);
    for (const norm of await gaborBank().square().sum([1, 2, 3]).data()) expect(norm).toBeCloseTo(1, 5);
  });
});

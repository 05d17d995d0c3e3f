import { useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { layerVariances, type VarianceOptions } from '../src/layer-variances.ts';

beforeAll(() => useBackend('wasm'));

/** By what a layer changes the variance, on average over nine of them and eight draws. */
async function perLayer(options: VarianceOptions): Promise<number> {
  const ends = await Promise.all(Array.from({ length: 8 }, async (_, seed) => (await layerVariances({ ...options, seed }))[9]));
  return (ends.reduce((sum, end) => sum + end, 0) / ends.length) ** (1 / 9);
}

describe('the variance through ten layers', () => {
  it("5.7 stays within 5 % with Xavier's draw, as long as tanh is in its straight part", async () => {
    const variances = await layerVariances({ activation: 'tanh', gain: 1, std: 0.05 });
    expect(variances).toHaveLength(10);
    for (const variance of variances) expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect((await layerVariances({ activation: 'tanh', gain: 1, std: 2 }))[9]).toBeLessThan(0.5);
  });

  it("5.8 stays with He's draw behind ReLUs, and is halved by every layer with Xavier's", async () => {
    const he = await perLayer({ activation: 'relu', gain: 2, std: 1 });
    const xavier = await perLayer({ activation: 'relu', gain: 1, std: 1 });
    expect(Math.abs(he - 1)).toBeLessThan(0.05);
    expect(Math.abs(xavier - 0.5)).toBeLessThan(0.025);
  });
});

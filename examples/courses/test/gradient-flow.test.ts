import { useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { clippedGradients, layerGradients, timeGradients } from '../src/gradient-flow.ts';

beforeAll(() => useBackend('wasm'));

describe('4.16 gradients', () => {
  it('vanish with depth behind sigmoids, by more than a factor of 2 a layer, and not behind ReLUs', async () => {
    const [sigmoid, relu] = await Promise.all([layerGradients('sigmoid'), layerGradients('relu')]);
    expect(sigmoid).toHaveLength(16);
    for (let i = 1; i < 16; i++) expect(sigmoid[i - 1] / sigmoid[i], `layer ${i}`).toBeLessThan(0.5);
    expect(sigmoid[0] / sigmoid[15]).toBeLessThan(1e-7);
    expect(relu[0] / relu[15]).toBeGreaterThan(0.1);
    expect(relu[0] / relu[15]).toBeLessThan(10);
  });

  it.each([0.8, 1, 1.2])('change in an RNN by its matrix at every step back: by %d', async (scale) => {
    const norms = await timeGradients(scale, 40);
    const perStep = (norms[0] / norms[39]) ** (1 / 39);
    expect(perStep).toBeGreaterThan(scale - 0.03);
    expect(perStep).toBeLessThan(scale + 0.03);
  });

  it('that explode are clipped to the bound, and others stay as they are', async () => {
    const { raw, clipped } = await clippedGradients([20, 70]);
    expect(raw[0]).toBeLessThan(1);
    expect(clipped[0]).toBe(raw[0]);
    expect(raw[1]).toBeGreaterThan(10);
    expect(clipped[1]).toBeCloseTo(1, 4);
  });
});

import { useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ActivationCurve, activationCurves } from '../src/activations.ts';

let curves: ReadonlyMap<string, ActivationCurve>;

beforeAll(async () => {
  await useBackend('wasm');
  curves = new Map((await activationCurves(81)).map((curve) => [curve.name, curve]));
});

describe('9.8 activations and their derivatives', () => {
  it('are the slopes of their curves', () => {
    for (const { name, xs, ys, slopes } of curves.values()) {
      for (let i = 1; i < xs.length - 1; i++) {
        if (Math.abs(xs[i]) < 0.15) continue;
        expect(slopes[i], `${name} at ${xs[i]}`).toBeCloseTo((ys[i + 1] - ys[i - 1]) / (xs[i + 1] - xs[i - 1]), 2);
      }
    }
  });

  it('of a sigmoid are 1/4 at most, of tanh 1, of a ReLU 0 or 1, of a step 0', () => {
    const slopes = (name: string): readonly number[] => curves.get(name)!.slopes;
    expect(Math.max(...slopes('sigmoid'))).toBeCloseTo(0.25, 6);
    expect(Math.max(...slopes('tanh'))).toBeCloseTo(1, 6);
    expect(new Set(slopes('ReLU'))).toEqual(new Set([0, 1]));
    expect(slopes('ReLU')[40]).toBe(0);
    expect(new Set(slopes('step'))).toEqual(new Set([0]));
  });

  it('section 10: e^x / (e^x + e^-x) is no sigmoid of x, but of 2x', () => {
    const { xs, ys } = curves.get('sigmoid')!;
    const slide = (x: number): number => Math.exp(x) / (Math.exp(x) + Math.exp(-x));
    expect(ys[60]).toBeCloseTo(slide(xs[60] / 2), 6);
    expect(Math.abs(ys[60] - slide(xs[60]))).toBeGreaterThan(0.05);
  });
});

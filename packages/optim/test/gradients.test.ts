import { ArgumentError } from '@dl/kernels';
import { type Tensor, tensor, useBackend } from '@dl/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipGradNorm, clipGradValue, totalNorm } from '../src/index.ts';

const backend = await useBackend('reference');

const vectors = fc.array(fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 0, maxLength: 5 }), {
  minLength: 1,
  maxLength: 4,
});
const mapOf = (all: readonly (readonly number[])[]): Map<number, Tensor> =>
  new Map(all.map((one, i) => [i, tensor(one, { dtype: 'float32' })]));
const normOf = (all: readonly number[], p: number): number =>
  p === Infinity ? Math.max(0, ...all.map(Math.abs)) : all.reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p);

async function valuesOf(grads: ReadonlyMap<number, Tensor>): Promise<number[]> {
  const all = await Promise.all([...grads.values()].map((grad) => grad.data()));
  return all.flatMap((data) => Array.from(data, Number));
}

describe('clipGradNorm', () => {
  it('is the norm of all gradients as one vector', async () => {
    await fc.assert(
      fc.asyncProperty(vectors, fc.constantFrom(1, 2, Infinity), async (all, normType) => {
        const norm = totalNorm(mapOf(all), { normType });
        expect(await norm.item()).toBeCloseTo(normOf(all.flat(), normType), 3);
      }),
    );
  });

  it('brings the norm to the bound and keeps the direction, or leaves everything as it is', async () => {
    await fc.assert(
      fc.asyncProperty(vectors, fc.constantFrom(0.5, 3), fc.constantFrom(1, 2, Infinity), async (all, maxNorm, normType) => {
        const clipped = await valuesOf(clipGradNorm(mapOf(all), maxNorm, { normType }));
        const norm = normOf(all.flat(), normType);
        const factor = Math.min(1, maxNorm / (norm + 1e-6));
        for (const [i, x] of all.flat().entries()) expect(clipped[i]).toBeCloseTo(factor * x, 4);
      }),
    );
  });

  // torch.nn.utils.clip_grad_norm_ of [3, -4] and [12] to 2: the norm is 13.
  it('agrees with PyTorch 1.13', async () => {
    const clipped = await valuesOf(clipGradNorm(mapOf([[3, -4], [12]]), 2));
    for (const [i, x] of [0.4615384340286255, -0.615384578704834, 1.846153736114502].entries()) {
      expect(Math.abs(clipped[i] - x)).toBeLessThan(2e-7);
    }
  });

  it('frees the gradients it was given and nothing else is left', () => {
    const { buffers } = backend.stats();
    for (const clip of [
      (grads: Map<number, Tensor>) => clipGradNorm(grads, 1),
      (grads: Map<number, Tensor>) => clipGradValue(grads, 1),
    ]) {
      const grads = mapOf([[3, 4], [5]]);
      const clipped = clip(grads);
      expect([...grads.values()].every((grad) => grad.isDisposed)).toBe(true);
      expect(backend.stats().buffers).toBe(buffers + 2);
      for (const grad of clipped.values()) grad.dispose();
    }
    expect(backend.stats().buffers).toBe(buffers);
  });

  it('takes no gradients for a norm of 0', async () => {
    expect(await totalNorm(new Map()).item()).toBe(0);
    expect(clipGradNorm(new Map(), 1).size).toBe(0);
  });
});

describe('clipGradValue', () => {
  it('bounds every element', async () => {
    expect(await valuesOf(clipGradValue(mapOf([[3, -4], [0.5]]), 1))).toEqual([1, -1, 0.5]);
  });
});

it.each<[() => unknown, string]>([
  [() => clipGradNorm(new Map(), -1), 'clipGradNorm: maxNorm must be a number ≥ 0, got -1'],
  [() => clipGradNorm(mapOf([[1]]), 1, { normType: 3 }), 'norm: p must be 1, 2 or Infinity, got 3'],
  [() => clipGradValue(new Map(), Number.NaN), 'clipGradValue: clipValue must be a number ≥ 0, got NaN'],
])('%# is refused by name', (run, message) => {
  expect(run).toThrow(ArgumentError);
  expect(run).toThrow(message);
});

import { Parameter, Rng, randn, useBackend } from '@dl/tensor';
import { describe, expect, it, vi } from 'vitest';
import { Adam, AdamW, SGD } from '../src/index.ts';

const backend = await useBackend('wasm');

const cases = {
  Adam: (theta: Parameter) => new Adam([theta], { lr: 0.01 }),
  'Adam with a penalty': (theta: Parameter) => new Adam([theta], { lr: 0.01, weightDecay: 0.1 }),
  AdamW: (theta: Parameter) => new AdamW([theta], { lr: 0.01, weightDecay: 0.1 }),
  SGD: (theta: Parameter) => new SGD([theta], { lr: 0.1, weightDecay: 0.01 }),
  'SGD with momentum': (theta: Parameter) => new SGD([theta], { lr: 0.1, momentum: 0.9, dampening: 0.5, weightDecay: 0.01 }),
  'AdamW, climbing': (theta: Parameter) => new AdamW([theta], { lr: 0.01, weightDecay: 0.1, maximize: true }),
  'SGD, climbing': (theta: Parameter) => new SGD([theta], { lr: 0.1, momentum: 0.9, maximize: true }),
  'SGD after Nesterov': (theta: Parameter) => new SGD([theta], { lr: 0.1, momentum: 0.9, nesterov: true }),
};

async function train(make: (theta: Parameter) => Adam | AdamW | SGD): Promise<number[]> {
  const rng = new Rng(1);
  const theta = new Parameter(randn([1003], { rng }));
  const optimizer = make(theta);
  for (let step = 0; step < 20; step++) optimizer.step(new Map([[theta, randn([1003], { rng })]]));
  return [...(await theta.data())];
}

describe('a fused step equals the one kernel by kernel, within rounding', () => {
  it.each(Object.entries(cases))('%s', async (_, make) => {
    const run = vi.spyOn(backend, 'runFused');
    const fused = await train(make);
    expect(run).toHaveBeenCalled();
    run.mockClear();
    const fuses = vi.spyOn(backend, 'fuses').mockReturnValue(false);
    const composite = await train(make);
    expect(run).not.toHaveBeenCalled();
    fuses.mockRestore();
    run.mockRestore();
    for (const [i, value] of composite.entries()) expect(Math.abs(fused[i] - value)).toBeLessThan(2e-6 * (1 + Math.abs(value)));
  });
});

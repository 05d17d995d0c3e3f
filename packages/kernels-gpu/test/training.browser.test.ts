import { valueAndGrad } from '@dl/autograd';
import { crossEntropy, Linear, ReLU, Sequential } from '@dl/layers';
import { Adam } from '@dl/optim';
import { Rng, randn, tensor, useBackend } from '@dl/tensor';
import { expect, it } from 'vitest';
import { createGpuBackend } from '../src/index.ts';

it.each(['webgpu', 'webgl2'] as const)(
  'trains for a thousand steps on %s and takes no more memory than after ten',
  async (mode) => {
    const backend = await useBackend(await createGpuBackend({ mode }));
    const rng = new Rng(1);
    const model = new Sequential(new Linear(2, 16, { rng }), new ReLU(), new Linear(16, 2, { rng }));
    const points = randn([64, 2], { rng });
    const inside = Int32Array.from({ length: 64 }, (_, i) => i % 2);
    const labels = tensor(inside);
    const optimizer = new Adam(model.parameters(), { lr: 0.02 });
    const losses: number[] = [];
    let early = backend.stats();
    for (let step = 1; step <= 1000; step++) {
      const { value, grads } = valueAndGrad(() => crossEntropy(model.forward(points), labels), [...model.parameters()]);
      optimizer.step(grads);
      if (step % 250 === 1) losses.push(await value.item());
      value.dispose();
      if (step === 10) early = backend.stats();
    }
    const { buffers, bytes, reservedBytes } = backend.stats();
    expect({ buffers, bytes, reservedBytes }).toEqual({
      buffers: early.buffers,
      bytes: early.bytes,
      reservedBytes: early.reservedBytes,
    });
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(losses[3]).toBeLessThan(losses[0]);
    backend.dispose();
  },
);

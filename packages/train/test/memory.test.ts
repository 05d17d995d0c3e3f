import { valueAndGrad } from '@dl/autograd';
import { crossEntropy, Linear, ReLU, Sequential } from '@dl/layers';
import { Adam } from '@dl/optim';
import { currentBackend, manualSeed, randint, randn } from '@dl/tensor';
import { expect, it } from 'vitest';

it('10,000 plain training steps without one dispose keep the heap flat', async () => {
  manualSeed(1);
  const model = new Sequential(new Linear(8, 8), new ReLU(), new Linear(8, 3));
  const optimizer = new Adam(model.parameters());
  const x = randn([16, 8]);
  const y = randint(0, 3, [16]);
  const step = (): void => {
    const { grads } = valueAndGrad(() => crossEntropy(model.forward(x, { training: true }), y), model.parameters());
    optimizer.step(grads);
  };
  for (let i = 0; i < 100; i++) step();
  const backend = currentBackend();
  const before = backend.stats();
  for (let i = 0; i < 10_000; i++) {
    step();
    if (i % 1000 === 999) await backend.sync();
  }
  const after = backend.stats();
  expect(after.bytes).toBe(before.bytes);
  expect(after.reservedBytes).toBe(before.reservedBytes);
});

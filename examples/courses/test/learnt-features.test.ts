import { useBackend } from '@dl/tensor';
import { beforeAll, expect, it } from 'vitest';
import { learntFeatures } from '../src/learnt-features.ts';

beforeAll(() => useBackend('wasm'));

it('6.37 a linear classifier is better on the features of a network than on pixels', async () => {
  const { pixels, learnt } = await learntFeatures();
  expect(pixels).toBeGreaterThan(0.25);
  expect(learnt).toBeGreaterThan(pixels + 0.1);
});

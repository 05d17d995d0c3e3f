import { useBackend } from '@dl/tensor';
import { beforeAll, expect, it } from 'vitest';
import { learntFeatures, likeOrientedCells } from '../src/learnt-features.ts';

beforeAll(() => useBackend('wasm'));

it('6.37 a linear classifier is better on the features of a network than on pixels', async () => {
  const { pixels, learnt } = await learntFeatures();
  expect(pixels).toBeGreaterThan(0.25);
  expect(learnt).toBeGreaterThan(pixels + 0.1);
});

it('6.38 the first filters of a network become more like oriented cells as it learns', async () => {
  const { before, after } = await likeOrientedCells();
  expect(after).toBeGreaterThan(before + 0.1);
});

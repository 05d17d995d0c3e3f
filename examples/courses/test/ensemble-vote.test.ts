import { useBackend } from '@dl/tensor';
import { beforeAll, expect, it } from 'vitest';
import { ensembleVote } from '../src/ensemble-vote.ts';

beforeAll(() => useBackend('wasm'));

it('4.22 five random starts vote better than they do alone on average', async () => {
  const { alone, together } = await ensembleVote();
  const mean = alone.reduce((sum, accuracy) => sum + accuracy, 0) / alone.length;
  expect(new Set(alone).size).toBeGreaterThan(1);
  expect(mean).toBeGreaterThan(0.7);
  expect(together).toBeGreaterThan(mean);
});

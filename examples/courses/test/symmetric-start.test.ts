import { useBackend } from '@dl/tensor';
import { beforeAll, expect, it } from 'vitest';
import { filterSpread } from '../src/symmetric-start.ts';

beforeAll(() => useBackend('wasm'));

it('5.9 filters that start equal stay equal, whatever they learn; random ones do not', async () => {
  expect(await filterSpread('equal')).toBeLessThan(1e-10);
  expect(await filterSpread('random')).toBeGreaterThan(0.1);
});

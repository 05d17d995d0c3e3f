import { useBackend } from '@dl/tensor';
import { beforeAll, expect, it } from 'vitest';
import { linearAccuracy } from '../src/radius-feature.ts';
import { toySet } from '../src/toy-sets.ts';

beforeAll(() => useBackend('wasm'));

it('6.36 rings are no matter for a line through x and y, and one for a plane through x, y and r²', async () => {
  expect(await linearAccuracy(toySet('rings'), 'x, y')).toBeLessThan(0.8);
  expect(await linearAccuracy(toySet('rings'), 'x, y, r²')).toBe(1);
});

import { expect, it } from 'vitest';
import { LatestOnly } from '../src/page/latest-only.ts';

it('LatestOnly hands over one value at a time, and of those that wait only the latest', () => {
  const handed: number[] = [];
  const values = new LatestOnly<number>((value) => handed.push(value));
  for (const value of [1, 2, 3]) values.push(value);
  expect(handed).toEqual([1]);
  values.answered();
  expect(handed).toEqual([1, 3]);
  values.answered();
  expect(handed).toEqual([1, 3]);
  values.push(4);
  expect(handed).toEqual([1, 3, 4]);
});

import { describe, expect, it } from 'vitest';
import { filtered, filters } from '../src/filter-bank.ts';

const image = (fn: (row: number, column: number) => number): number[][] =>
  Array.from({ length: 6 }, (_, row) => Array.from({ length: 6 }, (_, column) => fn(row, column)));
const rows = (row: readonly number[]): number[][] => Array.from({ length: 4 }, () => [...row]);

/** Dark on the left, bright on the right. */
const step = image((_, column) => (column < 3 ? 0 : 10));
const dot = image((row, column) => (row === 2 && column === 2 ? 1 : 0));

describe('8.10 the 6×6 image and its filters', () => {
  it('Prewitt sees the upright edge, the lying one does not', async () => {
    expect(await filtered(step, 'prewitt').array()).toEqual(rows([0, 30, 30, 0]));
    expect(await filtered(step, 'edge').array()).toEqual(rows([0, 0, 0, 0]));
    expect(
      await filtered(
        image((row) => (row < 3 ? 0 : 10)),
        'edge',
      ).array(),
    ).toEqual([0, 30, 30, 0].map((value) => Array(4).fill(value)));
  });

  it('bar and blob see a line and a dot, and nothing on even ground', async () => {
    const line = image((_, column) => (column === 2 ? 1 : 0));
    expect(await filtered(line, 'bar').array()).toEqual(rows([-3, 6, -3, 0]));
    expect((await filtered(dot, 'blob').data()).indexOf(8)).toBe(5);
    for (const name of ['edge', 'bar', 'blob', 'emboss', 'prewitt'] as const) {
      expect(
        await filtered(
          image(() => 7),
          name,
        ).array(),
        name,
      ).toEqual(rows([0, 0, 0, 0]));
    }
  });

  it('blur spreads a step, and keeps even ground', async () => {
    const blurred = await filtered(step, 'blur').data();
    for (const [i, value] of [0, 10 / 3, 20 / 3, 10].entries()) expect(blurred[i]).toBeCloseTo(value, 5);
    for (const value of await filtered(
      image(() => 7),
      'blur',
    ).data())
      expect(value).toBeCloseTo(7, 5);
  });

  it('emboss shows a dot as the filter, turned by 180 degrees', async () => {
    const seen = await filtered(dot, 'emboss').array();
    expect((seen as number[][]).slice(0, 3).map((row) => row.slice(0, 3))).toEqual(
      filters.emboss.map((row) => row.toReversed()).toReversed(),
    );
  });
});

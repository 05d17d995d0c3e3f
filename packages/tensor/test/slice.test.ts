import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type NestedNumbers, type SliceRange, slice, tensor, useBackend } from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

const position = fc.option(fc.integer({ min: -7, max: 7 }), { nil: null });
const step = fc.option(
  fc.integer({ min: -3, max: 3 }).filter((by) => by !== 0),
  { nil: null },
);

/** A range that an axis of `extent` has. */
function rangeOf(extent: number): fc.Arbitrary<SliceRange> {
  const ranges = fc.oneof(fc.constant(null), fc.tuple(position, position, step), fc.tuple(position), fc.constant([] as const));
  return extent === 0 ? ranges : fc.oneof(ranges, fc.integer({ min: -extent, max: extent - 1 }));
}

const cases = fc
  .array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 })
  .chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(rangeOf))));

/** The same with the methods of arrays: backwards is forwards in the reversed array. */
function sliceArray(
  items: readonly NestedNumbers[],
  range: SliceRange,
  inner: (item: NestedNumbers) => NestedNumbers,
): NestedNumbers {
  if (range === null) return items.map(inner);
  if (typeof range === 'number') return inner(items.at(range)!);
  const by = range[2] ?? 1;
  const ordered = by > 0 ? [...items] : [...items].reverse();
  const place = (at: number | null | undefined): number | undefined => {
    if (at == null) return undefined;
    if (by > 0) return at;
    return at < 0 ? -1 - at : Math.max(0, items.length - 1 - at);
  };
  const between = ordered.slice(place(range[0]) ?? 0, place(range[1]));
  return between.filter((_, i) => i % Math.abs(by) === 0).map(inner);
}

function sliceNested(x: NestedNumbers, ranges: readonly SliceRange[]): NestedNumbers {
  const [range, ...rest] = ranges;
  return range === undefined ? x : sliceArray(x as NestedNumbers[], range, (item) => sliceNested(item, rest));
}

describe('slice', () => {
  it('takes what slicing of plain arrays takes', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([shape, ranges]) => {
        const size = shape.reduce((product, extent) => product * extent, 1);
        const x = tensor(
          Int32Array.from({ length: size }, (_, i) => i),
          { shape },
        );
        const part = slice(x, ranges);
        expect(part.rank).toBe(ranges.filter((range) => typeof range !== 'number').length);
        if (size > 0) expect(await part.array()).toEqual(sliceNested(await x.array(), ranges));
        else expect(part.size).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('takes axes beyond the ranges whole', async () => {
    expect(
      await slice(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        [1],
      ).array(),
    ).toEqual([3, 4]);
  });
});

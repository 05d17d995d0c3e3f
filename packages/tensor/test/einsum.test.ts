import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { einsum, tensor, useBackend } from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

const letters = ['a', 'b', 'c', 'd'];

/** One to three operands over at most four labels, each label once an operand, and an output of some labels in some order. */
const cases = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
    fc.array(fc.shuffledSubarray(letters), { minLength: 1, maxLength: 3 }),
  )
  .chain(([extents, terms]) =>
    fc.tuple(fc.constant(extents), fc.constant(terms), fc.shuffledSubarray([...new Set(terms.flat())])),
  );

type Assignment = Readonly<Record<string, number>>;

function positionsOf(labels: readonly string[], extentOf: (label: string) => number): Assignment[] {
  return labels.reduce<Assignment[]>(
    (all, label) => all.flatMap((at) => Array.from({ length: extentOf(label) }, (_, i) => ({ ...at, [label]: i }))),
    [{}],
  );
}

function offsetOf(labels: readonly string[], extentOf: (label: string) => number, at: Assignment): number {
  return labels.reduce((offset, label) => offset * extentOf(label) + at[label], 0);
}

describe('einsum', () => {
  it('equals the sum over all labels, written as loops', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([extents, terms, output]) => {
        const extentOf = (label: string): number => extents[letters.indexOf(label)];
        const operands = terms.map((labels, k) => {
          const shape = labels.map(extentOf);
          const size = shape.reduce((product, extent) => product * extent, 1);
          return { labels, shape, values: Array.from({ length: size }, (_, i) => ((3 * i + 5 * k) % 7) - 3) };
        });
        const expected = new Array<number>(output.reduce((size, label) => size * extentOf(label), 1)).fill(0);
        for (const at of positionsOf([...new Set(terms.flat())], extentOf)) {
          const product = operands.reduce((total, { labels, values }) => total * values[offsetOf(labels, extentOf, at)], 1);
          expected[offsetOf(output, extentOf, at)] += product;
        }
        const equation = `${terms.map((labels) => labels.join('')).join(',')}->${output.join('')}`;
        const result = einsum(equation, ...operands.map(({ shape, values }) => tensor(Float32Array.from(values), { shape })));
        expect(result.shape).toEqual(output.map(extentOf));
        // Small integers, so that float32 is exact; 0 * x may be -0.
        expect(Array.from(await result.data(), (value) => value + 0)).toEqual(expected.map((value) => value + 0));
      }),
      { numRuns: 400 },
    );
  });
});

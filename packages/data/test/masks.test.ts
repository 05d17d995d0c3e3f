import { ArgumentError, FormatError, type HostTensor, ShapeError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRle,
  encodeRle,
  mergeRles,
  polygonsToRle,
  type Rle,
  rleArea,
  rleCounts,
  rleIou,
  rleToBox,
  rleToString,
} from '../src/index.ts';
import golden from './golden/masks.json' with { type: 'json' };

type Size = readonly [number, number];
const sizeOf = (size: readonly number[]): Size => [size[0], size[1]];
const maskOf = (text: string, size: readonly number[]): HostTensor => ({
  shape: size,
  dtype: 'bool',
  data: Uint8Array.from(text, Number),
});

describe('masks as pycocotools 2.0.11 has them (test/golden/masks.py)', () => {
  it.each(golden.masks)('encodes and decodes $string', ({ mask, size, string, area, box }) => {
    const pixels = maskOf(mask, size);
    const rle = encodeRle(pixels);
    expect(rleToString(rle)).toBe(string);
    expect(decodeRle({ size: sizeOf(size), counts: string })).toEqual(pixels);
    expect([rleArea(rle), rleToBox(rle)]).toEqual([area, box]);
  });

  it('reads long runs, and differences that are negative', () => {
    const { string, area, box } = golden.rectangle;
    const rle: Rle = { size: [200, 300], counts: string };
    expect([rleArea(rle), rleToBox(rle), rleToString(rle)]).toEqual([area, box, string]);
  });

  it.each(golden.polygons)('fills polygons to $string', ({ polygons, size, string, area, box }) => {
    const rle = polygonsToRle(polygons, sizeOf(size));
    expect(rleToString(rle)).toBe(string);
    expect([rleArea(rle), rleToBox(rle)]).toEqual([area, box]);
  });

  it.each(golden.pairs)('merges and compares masks to $iou', ({ a, b, union, intersection, iou, crowd }) => {
    const masks: readonly Rle[] = [a, b].map(({ size, counts }) => ({ size: sizeOf(size), counts }));
    expect(rleToString(mergeRles(masks))).toBe(union);
    expect(rleToString(mergeRles(masks, { intersect: true }))).toBe(intersection);
    expect(rleIou(masks[0], masks[1])).toBeCloseTo(iou, 12);
    expect(rleIou(masks[0], masks[1], { crowd: true })).toBeCloseTo(crowd, 12);
  });
});

describe('masks', () => {
  const masks = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .chain(([h, w]) =>
      fc.array(fc.integer({ min: 0, max: 1 }), { minLength: h * w, maxLength: h * w }).map((bits) => ({ h, w, bits })),
    );

  it('come back from their runs and from the string of them', () => {
    fc.assert(
      fc.property(masks, ({ h, w, bits }) => {
        const mask: HostTensor = { shape: [h, w], dtype: 'bool', data: Uint8Array.from(bits) };
        const rle = encodeRle(mask);
        expect(decodeRle(rle)).toEqual(mask);
        expect(decodeRle({ size: [h, w], counts: rleToString(rle) })).toEqual(mask);
        expect(rleArea(rle)).toBe(bits.reduce((sum, bit) => sum + bit, 0));
      }),
    );
  });

  it('may have empty runs anywhere', () => {
    const odd: Rle = { size: [2, 3], counts: [0, 0, 1, 2, 0, 1, 2, 0] };
    expect(decodeRle(odd).data).toEqual(new Uint8Array([0, 1, 0, 1, 1, 0]));
    expect([rleArea(odd), rleToBox(odd)]).toEqual([3, [0, 0, 2, 2]]);
    const canonical: Rle = { size: [2, 3], counts: [1, 3, 2] };
    expect(rleIou(odd, canonical)).toBe(1);
    expect(mergeRles([odd, odd]).counts).toEqual([1, 3, 2]);
  });

  it.each<readonly [string, Rle, string]>([
    ['a negative run', { size: [2, 3], counts: [3, -1, 4] }, 'counts must be non-negative integers, got -1 (count 1)'],
    ['half a pixel', { size: [2, 3], counts: [2.5, 3.5] }, 'got 2.5 (count 0)'],
    ['too few pixels', { size: [2, 3], counts: [3, 2] }, 'counts must add up to 2 × 3 pixels, got 5'],
    ['too many pixels', { size: [2, 3], counts: '4f0' }, 'counts must add up to 2 × 3 pixels, got 26'],
    ['runs that wrap around', { size: [2, 3], counts: [2 ** 32, 6] }, 'got 4294967302'],
    ['a negative run in a string', { size: [2, 3], counts: '31M' }, 'got -3 (count 2)'],
    ['a string of other characters', { size: [2, 3], counts: '3 2' }, 'a string that rleToString makes, got " 2" (character 1)'],
    ['a string that ends amid a number', { size: [2, 3], counts: '3o' }, 'got "o" (character 1)'],
    ['a number without end', { size: [2, 3], counts: 'o'.repeat(50) }, 'got "ooooooo" (character 0)'],
    ['an image of 2⁶⁰ pixels', { size: [2 ** 30, 2 ** 30], counts: [2 ** 60] }, 'at most 268435456 pixels'],
    ['a negative size', { size: [-2, -3], counts: [6] }, 'size must be a height and a width'],
    ['no pixel', { size: [0, 3], counts: [0] }, 'got [0, 3]'],
  ])('refuse %s, whatever is asked', (_, rle, message) => {
    for (const ask of [decodeRle, rleArea, rleToBox, rleToString, rleCounts, (one: Rle) => mergeRles([one])]) {
      expect(() => ask(rle)).toThrow(FormatError);
      expect(() => ask(rle)).toThrow(message);
    }
    expect(() => rleIou(rle, rle)).toThrow(message);
  });

  it('of two sizes cannot be compared, nor merged, nor can none', () => {
    const [wide, high]: readonly Rle[] = [
      { size: [2, 3], counts: [6] },
      { size: [3, 2], counts: [6] },
    ];
    expect(() => rleIou(wide, high)).toThrow('rleIou: masks must have one size, got [2, 3] and [3, 2]');
    expect(() => mergeRles([wide, high])).toThrow(ShapeError);
    expect(() => mergeRles([])).toThrow(ArgumentError);
    expect(() => encodeRle({ shape: [6], dtype: 'bool', data: new Uint8Array(6) })).toThrow(ShapeError);
  });

  it.each([
    ['two corners', [0, 0, 5, 5], 'a polygon must be x and y of three corners or more, finite numbers, got 4 (0, 0, 5, 5)'],
    ['an odd number', [0, 0, 5, 5, 1, 2, 3], 'got 7'],
    ['what is no number', [0, 0, 5, Number.NaN, 1, 2], 'NaN'],
    ['an endless outline', [0, 0, 1e12, 0, 1, 2], 'an outline must have at most 3355443.2 pixels'],
    ['one beyond all numbers', [1e308, 0, 1e308, 1, 0, 1, 0, 0], 'an outline must have at most 3355443.2 pixels'],
  ])('refuse a polygon of %s', (_, polygon, message) => {
    expect(() => polygonsToRle([polygon], [5, 5])).toThrow(FormatError);
    expect(() => polygonsToRle([polygon], [5, 5])).toThrow(message);
    expect(() => polygonsToRle([], [5, 5])).toThrow(ArgumentError);
  });
});

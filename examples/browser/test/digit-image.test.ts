import { describe, expect, it } from 'vitest';
import { digitImage } from '../src/digit/digit-image.ts';
import type { Stroke } from '../src/digit/stroke.ts';

const side = 28;
const seven: readonly Stroke[] = [
  [
    { x: 0.3, y: 0.2 },
    { x: 0.7, y: 0.2 },
    { x: 0.5, y: 0.8 },
  ],
];

interface Ink {
  readonly centre: readonly [number, number];
  readonly extents: readonly [number, number];
}

/** Where the ink is: its centre of mass, and how far it spreads where at least half a pixel is covered. */
function measure(image: Float32Array): Ink {
  let [mass, x, y] = [0, 0, 0];
  const [columns, rows] = [new Set<number>(), new Set<number>()];
  image.forEach((value, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    mass += value;
    x += value * (column + 0.5);
    y += value * (row + 0.5);
    if (value < 0.5) return;
    columns.add(column);
    rows.add(row);
  });
  return { centre: [x / mass, y / mass], extents: [columns.size, rows.size] };
}

function moved(strokes: readonly Stroke[], scale: number, dx: number, dy: number): Stroke[] {
  return strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: scale * x + dx, y: scale * y + dy })));
}

describe('digitImage', () => {
  it('puts the centre of mass in the middle of 28 × 28 pixels, and the ink into 20 × 20', () => {
    const { centre, extents } = measure(digitImage(seven));
    expect(centre[0]).toBeCloseTo(14, 0);
    expect(centre[1]).toBeCloseTo(14, 0);
    expect(Math.max(...extents)).toBe(20);
    expect(extents[0]).toBeLessThan(20);
  });

  it('sees the same wherever and however large it was drawn', () => {
    const image = digitImage(seven);
    for (const [scale, dx, dy] of [
      [1, 0.2, -0.1],
      [0.3, 0, 0],
      [0.4, 0.5, 0.6],
    ]) {
      digitImage(moved(seven, scale, dx, dy)).forEach((value, i) => {
        expect(value).toBeCloseTo(image[i], 4);
      });
    }
  });

  it('draws with even ink from 0 to 1, however often a line is gone over', () => {
    const image = digitImage(seven);
    expect(Math.max(...image)).toBe(1);
    expect(Math.min(...image)).toBe(0);
    expect(digitImage([...seven, ...seven])).toEqual(image);
  });

  it('leaves a dot a dot', () => {
    const { centre, extents } = measure(digitImage([[{ x: 0.1, y: 0.9 }]]));
    expect(extents).toEqual([2, 2]);
    expect(centre).toEqual([14, 14]);
  });

  it('is paper where nothing is drawn', () => {
    expect(digitImage([])).toEqual(new Float32Array(side * side));
  });
});

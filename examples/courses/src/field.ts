import { type Tensor, tensor } from '@dl/tensor';
import { contours } from 'd3-contour';
import type { Place } from './plot.ts';
import { type Attributes, element } from './svg.ts';

/** A rectangle of the plane, and how many places of it are looked at. */
export interface Region {
  readonly xs: readonly [least: number, most: number];
  readonly ys: readonly [least: number, most: number];
  readonly columns: number;
  readonly rows: number;
}

/** The places of a region, row by row from the top, its edges included. */
export function grid({ xs, ys, columns, rows }: Region): Place[] {
  return Array.from({ length: columns * rows }, (_, i): Place => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return [xs[0] + (column / (columns - 1)) * (xs[1] - xs[0]), ys[1] - (row / (rows - 1)) * (ys[1] - ys[0])];
  });
}

/** What a function of `[n, 2]` gives, `[n]`, on the grid of a region. */
export async function sample(region: Region, fn: (places: Tensor) => Tensor): Promise<number[]> {
  const places = tensor(grid(region).map((place) => [...place]));
  const heights = fn(places);
  const values = Array.from(await heights.data(), Number);
  for (const one of [places, heights]) one.dispose();
  return values;
}

/** A level of a map: what is above it, and its colour. */
export interface Level {
  readonly above: number;
  readonly fill: string;
}

/** Heights on the grid of a region as filled areas, one above the other, in a box of pixels. */
export function contourAreas(
  heights: readonly number[],
  { columns, rows }: Pick<Region, 'columns' | 'rows'>,
  [left, top, width, height]: readonly [number, number, number, number],
  levels: readonly Level[],
  attributes: Attributes = {},
): string {
  // A contour runs half a step beyond the outermost places, round the corners: it is brought back to the edge.
  const within = (at: number, count: number): number => Math.min(1, Math.max(0, (at - 0.5) / (count - 1)));
  const round = (value: number): string => String(Math.round(value * 10) / 10);
  return contours()
    .size([columns, rows])
    .thresholds(levels.map(({ above }) => above))([...heights])
    .map(({ coordinates }, i) => {
      const rings = coordinates.flat().map((ring) => {
        const places = ring.map(([x, y]): Place => [left + within(x, columns) * width, top + within(y, rows) * height]);
        return `M${straightened(places)
          .map(([x, y]) => `${round(x)} ${round(y)}`)
          .join('L')}Z`;
      });
      return element('path', { d: rings.join(''), fill: levels[i].fill, ...attributes });
    })
    .join('');
}

/** A line without the places that lie on the straight way between others, to a fifth of a pixel. */
function straightened(places: readonly Place[]): Place[] {
  const kept = [places[0]];
  let from = 0;
  for (let i = 2; i < places.length; i++) {
    if (places.slice(from + 1, i).every((place) => distance(place, places[from], places[i]) < 0.2)) continue;
    from = i - 1;
    kept.push(places[from]);
  }
  return [...kept, places[places.length - 1]];
}

/** Between a place and the part of a line between two others. */
function distance([x, y]: Place, [x0, y0]: Place, [x1, y1]: Place): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

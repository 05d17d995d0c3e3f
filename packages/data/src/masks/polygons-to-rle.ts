import { ArgumentError, FormatError } from '@dl/kernels';
import { mergeRles } from './merge-rles.ts';
import type { Rle } from './rle.ts';
import { checkMaskSize } from './rle-counts.ts';

/** Places that an outline may have between two pixels, as in COCO's own tools. */
const upsampling = 5;

/** Most places of an outline: three million pixels of length. */
const maxPlaces = 2 ** 24;

/**
 * The pixels inside of polygons, exactly those that `pycocotools` finds: the outline is drawn on a grid five times as fine, and a pixel is in
 * where the line through the middle of its column has crossed the outline an odd number of times above it. Of several polygons, the union.
 *
 * @param polygons - each x0, y0, x1, y1, … in pixels, at least three corners; the last is joined to the first
 * @param size - of the image
 * @throws {@link ArgumentError} when there is no polygon
 * @throws {@link FormatError} when a polygon has less than three corners, a number that is not finite, or an outline of more than three
 *   million pixels; or the image has no pixel or more than 2²⁸
 * @example
 * const square = polygonsToRle([[1, 1, 3, 1, 3, 3, 1, 3]], [4, 4]);
 * square.counts // [5, 2, 2, 2, 5]
 * rleArea(square) // 4
 * @see https://github.com/cocodataset/cocoapi/blob/master/common/maskApi.c
 */
export function polygonsToRle(polygons: ReadonlyArray<readonly number[]>, size: readonly [height: number, width: number]): Rle {
  const op = 'polygonsToRle';
  if (polygons.length === 0) throw new ArgumentError(op, 'there must be a polygon, got none');
  checkMaskSize(op, size);
  return mergeRles(polygons.map((polygon) => fill(op, polygon, size)));
}

function fill(op: string, polygon: readonly number[], size: readonly [number, number]): Rle {
  checkPolygon(op, polygon);
  const corners = polygon.map((coordinate) => Math.trunc(upsampling * coordinate + 0.5));
  const last = corners.length - 2;
  const crossings = new Crossings(size, corners[0], corners[1]);
  let places = 0;
  for (let i = 0; i <= last; i += 2) {
    const next = i === last ? 0 : i + 2;
    places += Math.max(Math.abs(corners[next] - corners[i]), Math.abs(corners[next + 1] - corners[i + 1]));
    // Not `places > maxPlaces`: the difference of two corners beyond all numbers is none.
    if (!(places <= maxPlaces)) {
      throw new FormatError(
        op,
        `an outline must have at most ${maxPlaces / upsampling} pixels, got ${places / upsampling} or more`,
      );
    }
    traceEdge(corners[i], corners[i + 1], corners[next], corners[next + 1], crossings);
  }
  return { size, counts: crossings.counts() };
}

/** Refuses what encloses nothing. */
export function checkPolygon(op: string, polygon: readonly number[]): void {
  if (polygon.length < 6 || polygon.length % 2 === 1 || !polygon.every(Number.isFinite)) {
    const got = `${polygon.length} (${polygon.slice(0, 8).join(', ')}${polygon.length > 8 ? ', …' : ''})`;
    throw new FormatError(op, `a polygon must be x and y of three corners or more, finite numbers, got ${got}`);
  }
}

/**
 * Visits every place of an edge: a step of one along its longer side, the other coordinate rounded. It is computed from the end with the
 * smaller coordinate, whichever way it is walked, so that an edge that two polygons share is rounded alike.
 */
function traceEdge(x0: number, y0: number, x1: number, y1: number, crossings: Crossings): void {
  const flat = Math.abs(x1 - x0) >= Math.abs(y1 - y0);
  const flipped = flat ? x0 > x1 : y0 > y1;
  const [xs, ys, xe, ye] = flipped ? [x1, y1, x0, y0] : [x0, y0, x1, y1];
  const length = flat ? xe - xs : ye - ys;
  const slope = length === 0 ? 0 : (flat ? ye - ys : xe - xs) / length;
  for (let step = 0; step <= length; step++) {
    const t = flipped ? length - step : step;
    if (flat) crossings.walkTo(xs + t, Math.trunc(ys + slope * t + 0.5));
    else crossings.walkTo(Math.trunc(xs + slope * t + 0.5), ys + t);
  }
}

/** Where an outline crosses the middle of a column, as places in the order of runs. */
class Crossings {
  readonly #height: number;
  readonly #width: number;
  readonly #places: number[] = [];
  #x: number;
  #y: number;

  constructor([height, width]: readonly [number, number], x: number, y: number) {
    this.#height = height;
    this.#width = width;
    this.#x = x;
    this.#y = y;
  }

  walkTo(x: number, y: number): void {
    // Between places 5k + 2 and 5k + 3 lies the middle of column k.
    const left = x < this.#x ? x : x - 1;
    const column = (left - (upsampling - 1) / 2) / upsampling;
    if (x !== this.#x && Number.isInteger(column) && column >= 0 && column < this.#width) {
      const row = (Math.min(y, this.#y) + 0.5) / upsampling - 0.5;
      this.#places.push(column * this.#height + Math.ceil(Math.min(Math.max(row, 0), this.#height)));
    }
    this.#x = x;
    this.#y = y;
  }

  /** Runs between the crossings: two at one place cancel out. */
  counts(): readonly number[] {
    const changes: number[] = [];
    for (const place of Uint32Array.from(this.#places).sort()) {
      if (changes.at(-1) === place) changes.pop();
      else changes.push(place);
    }
    const pixels = this.#height * this.#width;
    if (changes.at(-1) !== pixels) changes.push(pixels);
    return changes.map((place, i) => place - (i === 0 ? 0 : changes[i - 1]));
  }
}

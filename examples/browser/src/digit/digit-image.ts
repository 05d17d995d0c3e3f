import { frameStrokes, imageSide } from './frame-strokes.ts';
import type { Point, Stroke } from './stroke.ts';

/** Half the pen's width and the width of its soft edge, in pixels: the middle of what the training digits are drawn with. */
const [penRadius, softness] = [1.15, 1.4];

/**
 * What the network sees of a drawing: 28 × 28 numbers from 0, paper, to 1, ink. The pen is as wide for a small digit as for a large one.
 *
 * @returns nothing but paper for no strokes
 */
export function digitImage(strokes: readonly Stroke[]): Float32Array {
  const image = new Float32Array(imageSide ** 2);
  for (const stroke of frameStrokes(strokes, penRadius)) {
    for (let i = 0; i < stroke.length; i++) drawLine(stroke[Math.max(0, i - 1)], stroke[i], image);
  }
  return image;
}

/** Each pixel gets the share of it that the pen covers, by the distance of its centre; where lines overlap, the larger one. */
function drawLine(from: Point, to: Point, image: Float32Array): void {
  const reach = penRadius + softness / 2;
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach].map(clampPixel);
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach].map(clampPixel);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const covered = (reach - distance({ x: column + 0.5, y: row + 0.5 }, from, to)) / softness;
      const at = row * imageSide + column;
      image[at] = Math.max(image[at], Math.min(covered, 1));
    }
  }
}

function clampPixel(place: number): number {
  return Math.min(imageSide - 1, Math.max(0, Math.floor(place)));
}

/** From a point to the nearest point of a line. */
function distance(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / Math.max(dx * dx + dy * dy, 1e-12);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

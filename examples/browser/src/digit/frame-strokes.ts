import type { Point, Stroke } from './stroke.ts';

/** Pixels a side of an image, and of the square in it that a digit fits: those of MNIST. */
export const imageSide = 28;
const inkSide = 20;

/** A stroke shorter than this share of the pad is a dot: it is not blown up further. */
const leastExtent = 0.1;

/**
 * Strokes of the pad as pixels of an image, as the digits of MNIST are placed: scaled with their proportions until they fit 20 × 20 pixels, then moved
 * so that the centre of mass of the ink is that of the image.
 *
 * @param penRadius - in pixels of the image: the ink, and not the middle of the line, fits the square
 * @see LeCun, Cortes & Burges, The MNIST database of handwritten digits
 */
export function frameStrokes(strokes: readonly Stroke[], penRadius: number): Stroke[] {
  const points = strokes.flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const extent = Math.max(leastExtent, Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const scale = (inkSide - 2 * penRadius) / extent;
  const center = centerOfMass(strokes);
  const place = ({ x, y }: Point): Point => ({
    x: imageSide / 2 + scale * (x - center.x),
    y: imageSide / 2 + scale * (y - center.y),
  });
  return strokes.map((stroke) => stroke.map(place));
}

/** Of the ink of a pen of even width: each line counts by its length; dots alone count alike. */
function centerOfMass(strokes: readonly Stroke[]): Point {
  let [x, y, mass] = [0, 0, 0];
  const add = (a: Point, b: Point, weight: number): void => {
    x += (weight * (a.x + b.x)) / 2;
    y += (weight * (a.y + b.y)) / 2;
    mass += weight;
  };
  for (const stroke of strokes) {
    for (let i = 1; i < stroke.length; i++) {
      add(stroke[i - 1], stroke[i], Math.hypot(stroke[i].x - stroke[i - 1].x, stroke[i].y - stroke[i - 1].y));
    }
  }
  if (mass === 0) for (const point of strokes.flat()) add(point, point, 1);
  return { x: x / mass, y: y / mass };
}

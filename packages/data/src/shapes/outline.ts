import type { HostRandom } from '../random/host-random.ts';

/** Where a shape is: a region, and a box that it does not leave. */
export interface Outline {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  contains(x: number, y: number): boolean;
}

/** What is drawn, by class. */
export const shapeNames = ['circle', 'square', 'triangle'] as const;

/** A shape of class `label` inside of the circle about (x, y), turned at random. */
export function drawOutline(label: number, x: number, y: number, radius: number, random: HostRandom): Outline {
  const square = { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
  if (shapeNames[label] === 'circle')
    return { ...square, contains: (px, py) => (px - x) * (px - x) + (py - y) * (py - y) <= radius * radius };
  const normals = shapeNames[label] === 'square' ? squareNormals : triangleNormals;
  // tan of half an angle in ±45°, which is all there is of a square; a triangle may stand on its head as well.
  const t = random.uniform(1 - Math.SQRT2, Math.SQRT2 - 1);
  const upside = random.word() & 1 ? 1 : -1;
  const cos = (upside * (1 - t * t)) / (1 + t * t);
  const sin = (upside * (2 * t)) / (1 + t * t);
  const { apothem, directions } = normals;
  return {
    ...square,
    contains(px, py) {
      const u = (cos * (px - x) + sin * (py - y)) / radius;
      const v = (cos * (py - y) - sin * (px - x)) / radius;
      return directions.every(([nx, ny]) => nx * u + ny * v <= apothem);
    },
  };
}

/** Edges of a regular polygon in the unit circle: their normals, and how far they are from its centre. */
interface Normals {
  readonly apothem: number;
  readonly directions: ReadonlyArray<readonly [number, number]>;
}

const squareNormals: Normals = {
  apothem: Math.SQRT1_2,
  directions: [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ],
};

const triangleNormals: Normals = {
  apothem: 0.5,
  directions: [
    [0, 1],
    [Math.sqrt(3) / 2, -0.5],
    [-Math.sqrt(3) / 2, -0.5],
  ],
};

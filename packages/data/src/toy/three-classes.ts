import { blobs } from './blobs.ts';
import type { LabelledPoints } from './labelled-points.ts';
import type { ToyOptions } from './toy-options.ts';

/** Corners of a triangle with sides of $2\sqrt 3$ about the origin. */
const corners: ReadonlyArray<readonly [number, number]> = [
  [0, 2],
  [-Math.sqrt(3), -1],
  [Math.sqrt(3), -1],
];

/**
 * Three normal classes at the corners of a triangle of radius 2, which straight lines part almost: `noise` is their deviation, by
 * default 0.5.
 *
 * @returns x float32 `[n, 2]`, y int32 `[n]`
 * @throws ArgumentError for an option out of its range
 * @example
 * threeClasses({ n: 90, noise: 0 }).get(0).x.data // Float32Array [0, 2]
 */
export function threeClasses(options: ToyOptions = {}): LabelledPoints {
  const { noise = 0.5 } = options;
  return blobs({ ...options, noise, centers: corners });
}

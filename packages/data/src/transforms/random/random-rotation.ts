import { remember } from '../../loader/workers/recipe.ts';
import { rotate } from '../images/rotate.ts';
import type { SamplingOptions } from '../images/sample-at.ts';
import type { ImageTransform } from '../transform.ts';
import { bothSides, checkRange } from './check-options.ts';

/**
 * Turns an image about its centre by a random angle.
 *
 * @param degrees - from and to, counterclockwise; one number stands for both directions
 * @throws {@link ArgumentError} for a range that is none
 * @example
 * const image = { shape: [1, 2, 2], dtype: 'float32', data: new Float32Array([1, 2, 3, 4]) } as const;
 * randomRotation([90, 90])(image, sampleRandom({ index: 0 })).data // Float32Array [2, 4, 1, 3]
 */
export function randomRotation(degrees: number | readonly [number, number], options: SamplingOptions = {}): ImageTransform {
  const range = bothSides(degrees);
  checkRange('randomRotation', 'degrees', range);
  const transform: ImageTransform = (image, random) => rotate(image, random.uniform(range[0], range[1]), options);
  return remember(transform, 'randomRotation', () => [degrees, options]);
}

import { remember } from '../../loader/workers/recipe.ts';
import { checkImage } from '../float-image.ts';
import { hflip } from '../images/hflip.ts';
import type { ImageTransform } from '../transform.ts';
import { checkProbability } from './check-options.ts';

/** Options of {@link randomHorizontalFlip}. */
export interface RandomHorizontalFlipOptions {
  /** How probable it is. Default 0.5. */
  readonly p?: number | undefined;
}

/**
 * Mirrors an image, left for right, with probability `p`.
 *
 * @throws {@link ArgumentError} for `p` outside [0, 1]
 * @example
 * const image = { shape: [1, 2, 2], dtype: 'float32', data: new Float32Array([1, 2, 3, 4]) } as const;
 * randomHorizontalFlip({ p: 1 })(image, sampleRandom({ index: 0 })).data // Float32Array [2, 1, 4, 3]
 */
export function randomHorizontalFlip({ p = 0.5 }: RandomHorizontalFlipOptions = {}): ImageTransform {
  checkProbability('randomHorizontalFlip', p);
  const transform: ImageTransform = (image, random) =>
    random.uniform(0, 1) < p ? hflip(image) : checkImage('randomHorizontalFlip', image);
  return remember(transform, 'randomHorizontalFlip', () => [{ p }]);
}

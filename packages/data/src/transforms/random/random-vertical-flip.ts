import { remember } from '../../loader/workers/recipe.ts';
import { checkImage } from '../float-image.ts';
import { vflip } from '../images/vflip.ts';
import type { ImageTransform } from '../transform.ts';
import { checkProbability } from './check-options.ts';

/** Options of {@link randomVerticalFlip}. */
export interface RandomVerticalFlipOptions {
  /** How probable it is. Default 0.5. */
  readonly p?: number | undefined;
}

/**
 * Turns an image upside down with probability `p`.
 *
 * @throws {@link ArgumentError} for `p` outside [0, 1]
 * @example
 * const image = { shape: [1, 2, 2], dtype: 'float32', data: new Float32Array([1, 2, 3, 4]) } as const;
 * randomVerticalFlip({ p: 1 })(image, sampleRandom({ index: 0 })).data // Float32Array [3, 4, 1, 2]
 */
export function randomVerticalFlip({ p = 0.5 }: RandomVerticalFlipOptions = {}): ImageTransform {
  checkProbability('randomVerticalFlip', p);
  const transform: ImageTransform = (image, random) =>
    random.uniform(0, 1) < p ? vflip(image) : checkImage('randomVerticalFlip', image);
  return remember(transform, 'randomVerticalFlip', () => [{ p }]);
}

import { ArgumentError } from '@dl/kernels';
import { remember } from '../../loader/workers/recipe.ts';
import { checkImage, mapPixels } from '../float-image.ts';
import type { ImageTransform } from '../transform.ts';

/** Options of {@link gaussianNoise}. */
export interface GaussianNoiseOptions {
  /** Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation. Default 0.1. */
  readonly sigma?: number | undefined;
  /** Keeps the result in [0, 1]. Default true. */
  readonly clip?: boolean | undefined;
}

/**
 * Adds normal noise to each number of an image.
 *
 * @throws {@link ArgumentError} when `mean` is not finite, or `sigma` negative or not finite
 * @example
 * const image = { shape: [1, 1, 2], dtype: 'float32', data: new Float32Array([0.5, 0.95]) } as const;
 * gaussianNoise({ mean: 0.25, sigma: 0 })(image, sampleRandom({ index: 0 })).data // Float32Array [0.75, 1]
 */
export function gaussianNoise({ mean = 0, sigma = 0.1, clip = true }: GaussianNoiseOptions = {}): ImageTransform {
  if (!Number.isFinite(mean) || !(sigma >= 0 && sigma < Infinity)) {
    throw new ArgumentError('gaussianNoise', `mean must be finite and sigma not negative, got ${mean} and ${sigma}`);
  }
  const transform: ImageTransform = (image, random) =>
    mapPixels(checkImage('gaussianNoise', image), (value) => {
      const noisy = value + mean + sigma * random.normal();
      return clip ? Math.min(1, Math.max(0, noisy)) : noisy;
    });
  return remember(transform, 'gaussianNoise', () => [{ mean, sigma, clip }]);
}

import { ArgumentError } from '@dl/kernels';
import { remember } from '../../loader/workers/recipe.ts';
import { checkImage } from '../float-image.ts';
import { displace } from '../images/displace.ts';
import type { SamplingOptions } from '../images/sample-at.ts';
import type { SampleRandom } from '../sample-random.ts';
import type { ImageTransform } from '../transform.ts';
import { gaussianBlur } from './gaussian-blur.ts';

/** Options of {@link elasticTransform}. */
export interface ElasticTransformOptions extends SamplingOptions {
  /** How strong it is. Default 50. */
  readonly alpha?: number | undefined;
  /** How smooth it is: deviation of the Gaussian, in pixels. Default 5. */
  readonly sigma?: number | undefined;
}

/**
 * Bends an image: each pixel is read a random step away, where the steps of neighbours are alike. Steps are uniform in ±`alpha` / 2 pixels,
 * then smoothed by a Gaussian, as in torchvision, whose `interpolation` is bilinear here by default, too.
 *
 * @throws {@link ArgumentError} when `alpha` or `sigma` is negative or not finite
 * @example
 * const image = { shape: [1, 28, 28], dtype: 'float32', data: new Float32Array(784) } as const;
 * elasticTransform({ alpha: 40, sigma: 4 })(image, sampleRandom({ index: 0 })).shape // [1, 28, 28]
 * @see Simard, Steinkraus & Platt, Best practices for convolutional neural networks applied to visual document analysis, 2003
 */
export function elasticTransform({ alpha = 50, sigma = 5, interpolation, fill }: ElasticTransformOptions = {}): ImageTransform {
  for (const [name, value] of Object.entries({ alpha, sigma })) {
    if (!(value >= 0 && value < Infinity)) {
      throw new ArgumentError('elasticTransform', `${name} must be finite and not negative, got ${value}`);
    }
  }
  const transform: ImageTransform = (image, random) => {
    const [, height, width] = checkImage('elasticTransform', image).shape;
    const dx = gaussianBlur(steps(height * width, alpha, random), height, width, sigma);
    const dy = gaussianBlur(steps(height * width, alpha, random), height, width, sigma);
    return displace(image, { dx, dy }, { interpolation, fill });
  };
  return remember(transform, 'elasticTransform', () => [{ alpha, sigma, interpolation, fill }]);
}

function steps(count: number, alpha: number, random: SampleRandom): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = random.uniform(-alpha / 2, alpha / 2);
  return values;
}

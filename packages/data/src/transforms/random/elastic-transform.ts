import { ArgumentError } from '@dl/kernels';
import { remember } from '../../loader/workers/recipe.ts';
import { checkImage } from '../float-image.ts';
import { displace } from '../images/displace.ts';
import type { SamplingOptions } from '../images/sample-at.ts';
import type { SampleRandom } from '../sample-random.ts';
import type { ImageTransform } from '../transform.ts';
import { LineBlur } from './line-blur.ts';

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
  let blur: Blur | undefined;
  const transform: ImageTransform = (image, random) => {
    const [, height, width] = checkImage('elasticTransform', image).shape;
    if (blur?.height !== height || blur.width !== width) blur = blurOf(height, width, sigma);
    const dx = steps(blur, alpha, random);
    const dy = steps(blur, alpha, random);
    return displace(image, { dx, dy }, { interpolation, fill });
  };
  return remember(transform, 'elasticTransform', () => [{ alpha, sigma, interpolation, fill }]);
}

/** How images of one size are smoothed: not at all where sigma is 0. */
interface Blur {
  readonly height: number;
  readonly width: number;
  readonly rows: LineBlur | undefined;
  readonly columns: LineBlur | undefined;
}

function blurOf(height: number, width: number, sigma: number): Blur {
  if (sigma === 0) return { height, width, rows: undefined, columns: undefined };
  return { height, width, rows: new LineBlur(width, sigma), columns: new LineBlur(height, sigma) };
}

function steps({ height, width, rows, columns }: Blur, alpha: number, random: SampleRandom): Float64Array {
  const values = new Float64Array(height * width);
  for (let i = 0; i < values.length; i++) values[i] = random.uniform(-alpha / 2, alpha / 2);
  rows?.smooth(values, height, width, 1);
  columns?.smooth(values, width, 1, width);
  return values;
}

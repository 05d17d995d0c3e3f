import { ArgumentError } from '@dl/kernels';
import { remember } from '../../loader/workers/recipe.ts';
import { checkImage } from '../float-image.ts';
import { erase } from '../images/erase.ts';
import type { ImageTransform } from '../transform.ts';
import { checkProbability, checkRange } from './check-options.ts';
import { randomBox } from './random-box.ts';

/** Options of {@link randomErasing}. */
export interface RandomErasingOptions {
  /** How probable it is. Default 0.5. */
  readonly p?: number | undefined;
  /** Part of the image's area, from and to. Default `[0.02, 0.33]`. */
  readonly scale?: readonly [number, number] | undefined;
  /** Height by width of the box, from and to. Default `[0.3, 3.3]`. */
  readonly ratio?: readonly [number, number] | undefined;
  /** What is written: one number, one for each channel, or normal noise. Default 0. */
  readonly value?: number | readonly number[] | 'random' | undefined;
}

/**
 * Writes over a box of random area, shape and place with probability `p`; where ten attempts do not fit, the image stays as it is.
 *
 * @returns a transform, which throws an {@link ArgumentError} when there is not one `value` a channel
 * @throws {@link ArgumentError} for `p` outside [0, 1], or a range that is none
 * @example
 * const image = { shape: [1, 8, 8], dtype: 'float32', data: new Float32Array(64).fill(1) } as const;
 * const erased = randomErasing({ p: 1, scale: [0.25, 0.25], ratio: [1, 1] })(image, sampleRandom({ index: 0 }));
 * erased.data.filter((value) => value === 0).length // 16
 * @see Zhong et al., Random erasing data augmentation, 2020
 */
export function randomErasing(options: RandomErasingOptions = {}): ImageTransform {
  const { p = 0.5, scale = [0.02, 0.33], ratio = [0.3, 3.3], value = 0 } = options;
  checkProbability('randomErasing', p);
  checkRange('randomErasing', 'scale', scale, 0, 1);
  checkRange('randomErasing', 'ratio', ratio, Number.MIN_VALUE);
  const transform: ImageTransform = (image, random) => {
    const from = checkImage('randomErasing', image);
    const [channels, height, width] = from.shape;
    if (typeof value === 'object' && value.length !== channels) {
      throw new ArgumentError('randomErasing', `value must be one number or ${channels}, got [${value.join(', ')}]`);
    }
    const box =
      random.uniform(0, 1) < p ? randomBox([height, width], { scale, ratio: [1 / ratio[1], 1 / ratio[0]] }, random) : undefined;
    if (box === undefined) return from;
    if (value === 'random') return erase(from, box, () => random.normal());
    return erase(from, box, typeof value === 'number' ? () => value : (channel) => value[channel]);
  };
  return remember(transform, 'randomErasing', () => [options]);
}

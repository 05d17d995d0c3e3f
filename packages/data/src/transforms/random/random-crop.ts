import { ArgumentError } from '@dl/kernels';
import { remember } from '../../loader/workers/recipe.ts';
import { checkImage } from '../float-image.ts';
import { type CropOptions, crop } from '../images/crop.ts';
import type { ImageTransform } from '../transform.ts';
import { sizeOfSides } from './check-options.ts';

/** Options of {@link randomCrop}. */
export interface RandomCropOptions extends CropOptions {
  /** By how many pixels the crop may reach beyond each edge. Default 0. */
  readonly padding?: number | undefined;
}

/**
 * A part of the image at a random place, each place as probable as the others. With the size of the image and some `padding` it
 * moves the image by whole pixels.
 *
 * @param size - of the part, `[height, width]` or the side of a square
 * @returns a transform, which throws an {@link ArgumentError} for an image that is smaller with its padding
 * @throws {@link ArgumentError} for a size that is not of positive integers, or a padding that is no non-negative one
 * @example
 * const image = { shape: [1, 28, 28], dtype: 'float32', data: new Float32Array(784) } as const;
 * randomCrop(24)(image, sampleRandom({ index: 0 })).shape // [1, 24, 24]
 * const moved = randomCrop(28, { padding: 2, paddingMode: 'edge' });
 * moved(image, sampleRandom({ index: 0 })).shape // [1, 28, 28]
 */
export function randomCrop(size: number | readonly [number, number], options: RandomCropOptions = {}): ImageTransform {
  const [height, width] = sizeOfSides('randomCrop', size);
  const { padding = 0 } = options;
  if (!Number.isInteger(padding) || padding < 0) {
    throw new ArgumentError('randomCrop', `padding must be a non-negative integer, got ${padding}`);
  }
  const transform: ImageTransform = (image, random) => {
    const [, imageHeight, imageWidth] = checkImage('randomCrop', image).shape;
    const down = imageHeight + 2 * padding - height;
    const right = imageWidth + 2 * padding - width;
    if (down < 0 || right < 0) {
      throw new ArgumentError(
        'randomCrop',
        `size must fit into the padded image, got ${height}×${width} for ${imageHeight}×${imageWidth} and padding ${padding}`,
      );
    }
    const top = random.below(down + 1) - padding;
    const left = random.below(right + 1) - padding;
    return crop(image, { top, left, height, width }, options);
  };
  return remember(transform, 'randomCrop', () => [size, options]);
}

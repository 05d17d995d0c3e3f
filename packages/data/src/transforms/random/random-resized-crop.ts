import { remember } from '../../loader/workers/recipe.ts';
import { checkImage } from '../float-image.ts';
import { type CropBox, crop } from '../images/crop.ts';
import { type ResizeOptions, resize } from '../images/resize.ts';
import type { ImageTransform } from '../transform.ts';
import { checkRange, sizeOfSides } from './check-options.ts';
import { randomBox } from './random-box.ts';

/** Options of {@link randomResizedCrop}. */
export interface RandomResizedCropOptions extends ResizeOptions {
  /** Part of the image's area, from and to. Default `[0.08, 1]`. */
  readonly scale?: readonly [number, number] | undefined;
  /** Width by height of the part, from and to. Default `[3 / 4, 4 / 3]`. */
  readonly ratio?: readonly [number, number] | undefined;
}

/**
 * A part of random area, shape and place, brought to one size; where ten attempts do not fit, the largest part in the middle whose
 * shape is allowed.
 *
 * @param size - of the result, `[height, width]` or the side of a square
 * @throws {@link ArgumentError} for a size that is not of positive integers, or a range that is none
 * @example
 * const image = { shape: [3, 40, 60], dtype: 'float32', data: new Float32Array(7200) } as const;
 * randomResizedCrop(32)(image, sampleRandom({ index: 0 })).shape // [3, 32, 32]
 * @see Szegedy et al., Going deeper with convolutions, 2015
 */
export function randomResizedCrop(
  size: number | readonly [number, number],
  { scale = [0.08, 1], ratio = [3 / 4, 4 / 3], interpolation }: RandomResizedCropOptions = {},
): ImageTransform {
  const sides = sizeOfSides('randomResizedCrop', size);
  checkRange('randomResizedCrop', 'scale', scale, 0, 1);
  checkRange('randomResizedCrop', 'ratio', ratio, Number.MIN_VALUE);
  const transform: ImageTransform = (image, random) => {
    const [, height, width] = checkImage('randomResizedCrop', image).shape;
    const box = randomBox([height, width], { scale, ratio }, random) ?? middle(height, width, ratio);
    return resize(crop(image, box), sides, { interpolation });
  };
  return remember(transform, 'randomResizedCrop', () => [size, { scale, ratio, interpolation }]);
}

function middle(height: number, width: number, [narrowest, widest]: readonly [number, number]): CropBox {
  const boxHeight = Math.max(1, Math.min(height, Math.round(width / narrowest)));
  const boxWidth = Math.max(1, Math.min(width, Math.round(height * widest)));
  return { top: (height - boxHeight) >> 1, left: (width - boxWidth) >> 1, height: boxHeight, width: boxWidth };
}

import type { HostTensor } from '@dl/kernels';
import type { FloatImage } from '../float-image.ts';
import { fiveParts } from './five-crop.ts';
import { hflip } from './hflip.ts';
import { vflip } from './vflip.ts';

/** Options of {@link tenCrop}. */
export interface TenCropOptions {
  /** Mirrors top and bottom instead of left and right. Default false. */
  readonly verticalFlip?: boolean | undefined;
}

/**
 * Ten images made of one: the parts of {@link fiveCrop}, then those of the mirror image, as torchvision's `ten_crop`.
 *
 * @param image - float32 `[c, h, w]`
 * @param size - of each part, `[height, width]` or the side of a square
 * @throws {@link ShapeError} for another image
 * @throws {@link ArgumentError} when the size is not of positive integers, or greater than the image
 * @example
 * const image = { shape: [1, 1, 5], dtype: 'float32', data: new Float32Array([1, 2, 3, 4, 5]) } as const;
 * tenCrop(image, [1, 3]).map(({ data }) => data[0]) // [1, 3, 1, 3, 2, 5, 3, 5, 3, 4]
 * @see Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, 2012
 */
export function tenCrop(
  image: HostTensor,
  size: number | readonly [number, number],
  { verticalFlip = false }: TenCropOptions = {},
): FloatImage[] {
  const mirrored = verticalFlip ? vflip(image) : hflip(image);
  return [...fiveParts('tenCrop', image, size), ...fiveParts('tenCrop', mirrored, size)];
}

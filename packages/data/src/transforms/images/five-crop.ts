import { ArgumentError, type HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage } from '../float-image.ts';
import { sizeOfSides } from '../random/check-options.ts';
import { crop } from './crop.ts';

/**
 * Five parts of an image: its corners, left before right and upper before lower, and its centre, as torchvision's `five_crop`. For
 * predictions that are averaged, or that vote.
 *
 * @param image - float32 `[c, h, w]`
 * @param size - of each part, `[height, width]` or the side of a square
 * @throws {@link ShapeError} for another image
 * @throws {@link ArgumentError} when the size is not of positive integers, or greater than the image
 * @example
 * const image = { shape: [1, 1, 5], dtype: 'float32', data: new Float32Array([1, 2, 3, 4, 5]) } as const;
 * fiveCrop(image, [1, 3]).map(({ data }) => data[0]) // [1, 3, 1, 3, 2]
 * @see Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, 2012
 */
export function fiveCrop(image: HostTensor, size: number | readonly [number, number]): FloatImage[] {
  return fiveParts('fiveCrop', image, size);
}

/** As {@link fiveCrop}, in the name of `op`. */
export function fiveParts(op: string, image: HostTensor, size: number | readonly [number, number]): FloatImage[] {
  const from = checkImage(op, image);
  const [height, width] = sizeOfSides(op, size);
  const [, imageHeight, imageWidth] = from.shape;
  const bottom = imageHeight - height;
  const right = imageWidth - width;
  if (bottom < 0 || right < 0) {
    throw new ArgumentError(op, `size must fit into the image, got ${height}×${width} for ${imageHeight}×${imageWidth}`);
  }
  const corners = [
    [0, 0],
    [0, right],
    [bottom, 0],
    [bottom, right],
    [halfToEven(bottom), halfToEven(right)],
  ];
  return corners.map(([top, left]) => crop(from, { top, left, height, width }));
}

/** Half of an integer, a half rounded to the even side, as Python's `round` does. */
function halfToEven(extent: number): number {
  const half = Math.floor(extent / 2);
  return half + (extent % 2 === 1 && half % 2 === 1 ? 1 : 0);
}

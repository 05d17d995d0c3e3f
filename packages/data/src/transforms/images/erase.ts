import { ArgumentError, type HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage } from '../float-image.ts';
import type { CropBox } from './crop.ts';

/**
 * The image with a box written over.
 *
 * @param image - float32 `[c, h, w]`
 * @param box - within the image
 * @param value - what is written there, by channel and place in the image
 * @throws {@link ShapeError} for another image
 * @throws {@link ArgumentError} when the box is not of integers, or reaches beyond the image
 * @example
 * const image = { shape: [1, 1, 3], dtype: 'float32', data: new Float32Array([1, 2, 3]) } as const;
 * erase(image, { top: 0, left: 1, height: 1, width: 2 }, () => 0).data // Float32Array [1, 0, 0]
 */
export function erase(
  image: HostTensor,
  { top, left, height, width }: CropBox,
  value: (channel: number, row: number, column: number) => number,
): FloatImage {
  const { shape, dtype, data } = checkImage('erase', image);
  const [channels, imageHeight, imageWidth] = shape;
  const sound = [top, left, height, width].every((extent) => Number.isInteger(extent) && extent >= 0);
  if (!sound || top + height > imageHeight || left + width > imageWidth) {
    throw new ArgumentError(
      'erase',
      `the box must be of integers within ${imageHeight}×${imageWidth}, got ${height}×${width} from ${top}, ${left}`,
    );
  }
  const out = data.slice();
  for (let channel = 0; channel < channels; channel++) {
    for (let row = top; row < top + height; row++) {
      const begin = (channel * imageHeight + row) * imageWidth;
      for (let column = left; column < left + width; column++) out[begin + column] = value(channel, row, column);
    }
  }
  return { shape, dtype, data: out };
}

import type { HostTensor } from '@dl/kernels';
import { checkImage, emptyImage, type FloatImage } from '../float-image.ts';

/**
 * The mirror image, left for right.
 *
 * @param image - float32 `[c, h, w]`
 * @throws {@link ShapeError} for anything else
 * @example
 * hflip({ shape: [1, 1, 3], dtype: 'float32', data: new Float32Array([1, 2, 3]) }).data // Float32Array [3, 2, 1]
 */
export function hflip(image: HostTensor): FloatImage {
  const { shape, data } = checkImage('hflip', image);
  const [channels, height, width] = shape;
  const out = emptyImage(channels, height, width);
  for (let begin = 0; begin < data.length; begin += width) {
    for (let column = 0; column < width; column++) out.data[begin + column] = data[begin + width - 1 - column];
  }
  return out;
}

import type { HostTensor } from '@dl/kernels';
import { checkImage, emptyImage, type FloatImage } from '../float-image.ts';

/**
 * The image upside down.
 *
 * @param image - float32 `[c, h, w]`
 * @throws {@link ShapeError} for anything else
 * @example
 * vflip({ shape: [1, 2, 1], dtype: 'float32', data: new Float32Array([1, 2]) }).data // Float32Array [2, 1]
 */
export function vflip(image: HostTensor): FloatImage {
  const { shape, data } = checkImage('vflip', image);
  const [channels, height, width] = shape;
  const out = emptyImage(channels, height, width);
  for (let row = 0; row < channels * height; row++) {
    const source = row - 2 * (row % height) + height - 1;
    out.data.set(data.subarray(source * width, (source + 1) * width), row * width);
  }
  return out;
}

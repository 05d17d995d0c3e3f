import type { HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage, mapPixels } from '../float-image.ts';

/**
 * The mirror image, left for right.
 *
 * @param image - float32 `[c, h, w]`
 * @throws {@link ShapeError} for anything else
 * @example
 * hflip({ shape: [1, 1, 3], dtype: 'float32', data: new Float32Array([1, 2, 3]) }).data // Float32Array [3, 2, 1]
 */
export function hflip(image: HostTensor): FloatImage {
  const from = checkImage('hflip', image);
  const width = from.shape[2];
  return mapPixels(from, (_, i) => from.data[i - (i % width) + width - 1 - (i % width)]);
}

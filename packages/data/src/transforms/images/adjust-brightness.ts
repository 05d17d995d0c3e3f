import type { HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage } from '../float-image.ts';
import { blend, checkColours, checkFactor } from './blend.ts';

/**
 * Brighter or darker: $f x$, kept in [0, 1].
 *
 * @param image - float32 `[1, h, w]` or `[3, h, w]` in [0, 1]
 * @param factor - 0 gives black, 1 the image
 * @throws {@link ShapeError} for no image
 * @throws {@link ArgumentError} for another number of channels, or a negative factor
 * @example
 * adjustBrightness({ shape: [1, 1, 2], dtype: 'float32', data: new Float32Array([0.25, 0.75]) }, 2).data // Float32Array [0.5, 1]
 */
export function adjustBrightness(image: HostTensor, factor: number): FloatImage {
  const from = checkImage('adjustBrightness', image);
  checkColours('adjustBrightness', from.shape[0]);
  checkFactor('adjustBrightness', factor);
  return blend(from, factor, 0);
}

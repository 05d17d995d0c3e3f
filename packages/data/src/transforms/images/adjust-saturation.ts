import type { HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage } from '../float-image.ts';
import { blend, checkFactor, luminance } from './blend.ts';

/**
 * More or less colour: $f x + (1 - f) l$ with the luminance $l = 0.2989 r + 0.587 g + 0.114 b$ of each pixel, kept in [0, 1]. A grey image stays as it is.
 *
 * @param image - float32 `[1, h, w]` or `[3, h, w]` in [0, 1]
 * @param factor - 0 gives grey, 1 the image
 * @throws {@link ShapeError} for no image
 * @throws {@link ArgumentError} for another number of channels, or a negative factor
 * @example
 * const green = { shape: [3, 1, 1], dtype: 'float32', data: new Float32Array([0, 1, 0]) } as const;
 * adjustSaturation(green, 0).data // Float32Array [0.587, 0.587, 0.587]
 */
export function adjustSaturation(image: HostTensor, factor: number): FloatImage {
  const from = checkImage('adjustSaturation', image);
  checkFactor('adjustSaturation', factor);
  const grey = luminance('adjustSaturation', from);
  return from.shape[0] === 1 ? from : blend(from, factor, grey);
}

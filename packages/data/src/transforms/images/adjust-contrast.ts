import type { HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage } from '../float-image.ts';
import { blend, checkFactor, luminance } from './blend.ts';

/**
 * More or less contrast: $f x + (1 - f) m$ with the mean luminance m of the image, kept in [0, 1].
 *
 * @param image - float32 `[1, h, w]` or `[3, h, w]` in [0, 1]
 * @param factor - 0 gives an even grey, 1 the image
 * @throws {@link ShapeError} for no image
 * @throws {@link ArgumentError} for another number of channels, or a negative factor
 * @example
 * adjustContrast({ shape: [1, 1, 2], dtype: 'float32', data: new Float32Array([0.25, 0.75]) }, 0.5).data // Float32Array [0.375, 0.625]
 */
export function adjustContrast(image: HostTensor, factor: number): FloatImage {
  const from = checkImage('adjustContrast', image);
  checkFactor('adjustContrast', factor);
  const grey = luminance('adjustContrast', from);
  let sum = 0;
  for (const value of grey) sum += value;
  return blend(from, factor, sum / grey.length);
}

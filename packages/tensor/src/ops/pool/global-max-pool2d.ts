import type { Tensor } from '../../core/tensor.ts';
import { adaptiveMaxPool2d } from './adaptive-max-pool2d.ts';

/**
 * The maximum of each channel over the whole image.
 *
 * @param x - `[n, c, h, w]`, float
 * @returns `[n, c, 1, 1]`
 * @throws {@link ShapeError} for another rank or an image without pixels
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await globalMaxPool2d(tensor([[[[1, 2], [4, 3]]]])).array() // [[[[4]]]]
 */
export function globalMaxPool2d(x: Tensor): Tensor {
  return adaptiveMaxPool2d(x, 1);
}

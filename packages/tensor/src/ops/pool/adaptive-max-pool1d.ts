import type { Tensor } from '../../core/tensor.ts';
import { squeeze } from '../layout/squeeze.ts';
import { adaptiveMaxPool2d } from './adaptive-max-pool2d.ts';
import { asImage } from './as-image.ts';

/**
 * Max pooling to a given length: {@link adaptiveMaxPool2d} of an image of height 1.
 *
 * @param x - `[n, c, l]`, float
 * @param size - the length of the result
 * @returns `[n, c, size]`
 * @throws {@link ShapeError} for another rank or nothing to pool
 * @throws {@link ArgumentError} for a size that is not positive
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await adaptiveMaxPool1d(tensor([[[1, 2, 3, 4]]]), 2).array() // [[[2, 4]]]
 */
export function adaptiveMaxPool1d(x: Tensor, size: number): Tensor {
  return squeeze(adaptiveMaxPool2d(asImage('adaptiveMaxPool1d', x), [1, size]), 2);
}

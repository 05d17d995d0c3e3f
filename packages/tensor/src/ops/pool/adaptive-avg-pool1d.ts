import type { Tensor } from '../../core/tensor.ts';
import { squeeze } from '../layout/squeeze.ts';
import { adaptiveAvgPool2d } from './adaptive-avg-pool2d.ts';
import { asImage } from './as-image.ts';

/**
 * Average pooling to a given length: {@link adaptiveAvgPool2d} of an image of height 1.
 *
 * @param x - `[n, c, l]`, float
 * @param size - the length of the result
 * @returns `[n, c, size]`
 * @throws {@link ShapeError} for another rank or nothing to pool
 * @throws {@link ArgumentError} for a size that is not positive
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await adaptiveAvgPool1d(tensor([[[1, 2, 3, 4]]]), 2).array() // [[[1.5, 3.5]]]
 */
export function adaptiveAvgPool1d(x: Tensor, size: number): Tensor {
  return squeeze(adaptiveAvgPool2d(asImage('adaptiveAvgPool1d', x), [1, size]), 2);
}

import { resize2dShape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mean } from '../reduce/mean.ts';

/**
 * The mean of each channel over the whole image.
 *
 * @param x - `[n, c, h, w]`, float
 * @returns `[n, c, 1, 1]`
 * @throws {@link ShapeError} for another rank or an image without pixels
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await globalAvgPool2d(tensor([[[[1, 2], [3, 4]]]])).array() // [[[[2.5]]]]
 * @see Lin et al., Network in network, 2013
 */
export function globalAvgPool2d(x: Tensor): Tensor {
  checkFloat('globalAvgPool2d', x.dtype);
  resize2dShape('globalAvgPool2d', x.shape, [1, 1]);
  return mean(x, [2, 3], { keepDims: true });
}

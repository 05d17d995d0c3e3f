import type { Tensor } from '../../core/tensor.ts';
import type { NumberOrPair } from '../conv/pair.ts';
import { maxPool2dWithIndices } from './max-pool2d-with-indices.ts';
import type { MaxPool2dOptions } from './pool-options.ts';

/**
 * The maximum of each window, $y_{n,c,i,j} = \max_{k,l} x_{n,\,c,\,s i + d k - p,\,s j + d l - p}$. Of equal maxima the first in row-major
 * order takes the whole gradient, as in PyTorch; NaN counts as largest.
 *
 * @param x - `[n, c, h, w]`, float
 * @returns `[n, c, oh, ow]` with $oh = \lfloor (h + 2p - d(k - 1) - 1) / s \rfloor + 1$, or rounded up with `ceilMode`
 * @throws {@link ShapeError} for another rank, or a window that does not fit in the padded image
 * @throws {@link ArgumentError} for an option outside its domain, such as a padding above half of the kernel
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await maxPool2d(tensor([[[[1, 2, 5, 6], [3, 4, 7, 8]]]]), 2).array() // [[[[4, 8]]]]
 */
export function maxPool2d(x: Tensor, kernelSize: NumberOrPair, options: MaxPool2dOptions = {}): Tensor {
  return maxPool2dWithIndices(x, kernelSize, options).values;
}

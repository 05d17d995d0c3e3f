import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { type DropoutOptions, dropBy } from './dropout.ts';

/**
 * Dropout of whole channels: zeroes each channel of each example with probability $p$ and divides the others by $1 - p$. Neighbouring pixels say
 * much the same, so dropping them one by one would take little away.
 *
 * @param x - `[n, c, ...]`, float
 * @returns same shape and dtype
 * @throws {@link ShapeError} for fewer than two axes
 * @throws {@link ArgumentError} unless `p` is in [0, 1]
 * @throws {@link DTypeError} for integers and bool
 * @example
 * const y = featureDropout(ones([1, 64, 2, 2]), { rng: new Rng(1) });
 * [...new Set(await y.sum([2, 3]).data())].sort() // [0, 8]
 * @see Tompson, Goroshin, Jain, LeCun & Bregler, Efficient object localization using convolutional networks, 2015
 */
export function featureDropout(x: Tensor, options: DropoutOptions = {}): Tensor {
  if (x.rank < 2) throw new ShapeError('featureDropout', `x must be [n, c, ...], got ${formatShape(x.shape)}`);
  const shape = x.shape.map((extent, axis) => (axis < 2 ? extent : 1));
  return dropBy('featureDropout', x, shape, options);
}

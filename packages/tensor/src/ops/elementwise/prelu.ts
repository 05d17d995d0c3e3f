import { DTypeError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { greater } from '../comparison/greater.ts';
import { where } from '../comparison/where.ts';
import { reshape } from '../layout/reshape.ts';

/**
 * Parametric rectifier, $y = x$ above 0 and $y = a_c x$ elsewhere, with a slope for each channel, or one for all. The gradient at 0 is
 * $a_c$, as in PyTorch.
 *
 * @param x - `[n, c, ...]`, float; any shape with a single slope
 * @param weight - the slopes, `[c]` or `[1]`
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} unless both have one float dtype
 * @throws {@link ShapeError} for another number of slopes
 * @example
 * await prelu(tensor([[-4, -4], [1, 2]]), tensor([0.25, 0.5])).array() // [[-1, -2], [1, 2]]
 * @see He, Zhang, Ren & Sun, Delving deep into rectifiers, 2015
 */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  checkFloat('prelu', x.dtype);
  if (weight.dtype !== x.dtype) {
    throw new DTypeError('prelu', `weight must have the dtype of x, got ${weight.dtype} and ${x.dtype}: convert it with cast()`);
  }
  return where(greater(x, 0), x, mul(x, sameShape(weight.shape, [1]) ? reshape(weight, []) : besideChannels(x, weight)));
}

function besideChannels(x: Tensor, weight: Tensor): Tensor {
  const channels = x.rank > 1 ? x.shape[1] : 1;
  if (!sameShape(weight.shape, [channels])) {
    throw new ShapeError(
      'prelu',
      `weight must be [1], or one slope a channel, [${channels}], got ${formatShape(weight.shape)} (x ${formatShape(x.shape)})`,
    );
  }
  return reshape(weight, [channels, ...x.shape.slice(2).map(() => 1)]);
}

import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { div } from '../arithmetic/div.ts';
import { abs } from './abs.ts';

/**
 * Softsign, $y = x / (1 + |x|)$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await softsign(tensor([-1, 0, 3])).data() // Float32Array [-0.5, 0, 0.75]
 * @see Turian, Bergstra & Bengio, Quadratic features and deep architectures for chunking, 2009
 */
export function softsign(x: Tensor): Tensor {
  checkFloat('softsign', x.dtype);
  return div(x, add(abs(x), 1));
}

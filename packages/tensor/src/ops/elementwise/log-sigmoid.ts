import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { neg } from './neg.ts';
import { softplus } from './softplus.ts';

/**
 * Logarithm of the logistic function, $y = -\ln(1 + e^{-x})$, without overflow.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await logSigmoid(tensor([0, -1000])).data() // Float32Array [-0.6931472, -1000]
 */
export function logSigmoid(x: Tensor): Tensor {
  checkFloat('logSigmoid', x.dtype);
  return neg(softplus(neg(x)));
}

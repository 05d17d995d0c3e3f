import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { softplus } from './softplus.ts';
import { tanh } from './tanh.ts';

/**
 * Mish, $y = x \tanh(\ln(1 + e^x))$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await mish(tensor([0, 1])).data() // Float32Array [0, 0.8650984]
 * @see Misra, Mish: a self regularized non-monotonic activation function, 2019
 */
export function mish(x: Tensor): Tensor {
  checkFloat('mish', x.dtype);
  return mul(x, tanh(softplus(x)));
}

import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sigmoid } from './sigmoid.ts';

/**
 * Sigmoid linear unit, or swish, $y = x \, \sigma(x)$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await silu(tensor([0, 1])).data() // Float32Array [0, 0.7310586]
 * @see Elfwing, Uchibe & Doya, Sigmoid-weighted linear units for neural network function approximation, 2017
 */
export function silu(x: Tensor): Tensor {
  checkFloat('silu', x.dtype);
  return mul(x, sigmoid(x));
}

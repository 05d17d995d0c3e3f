import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sigmoid } from './sigmoid.ts';
import { unaryOp } from './unary-op.ts';

const softplusOp = unaryOp('softplus', (grad, { inputs: [x] }) => mul(grad, sigmoid(x)));

/**
 * Smooth rectifier, $y = \ln(1 + e^x)$, without overflow.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await softplus(tensor([0, 1000])).data() // Float32Array [0.6931472, 1000]
 * @see Dugas, Bengio, Bélisle, Nadeau & Garcia, Incorporating second-order functional knowledge for better option pricing, 2000
 */
export function softplus(x: Tensor): Tensor {
  return apply(softplusOp, [x], {});
}

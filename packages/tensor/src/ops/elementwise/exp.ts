import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { unaryOp } from './unary-op.ts';

const expOp = unaryOp('exp', (grad, { output }) => mul(grad, output));

/**
 * Exponential, $y = e^x$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await exp(tensor([0, 1])).data() // Float32Array [1, 2.7182817]
 */
export function exp(x: Tensor): Tensor {
  return apply(expOp, [x], {});
}

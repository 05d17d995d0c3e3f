import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const tanhOp = unaryOp('tanh', (grad, { output }) => mul(grad, sub(1, square(output))));

/**
 * Hyperbolic tangent, $y = (e^x - e^{-x}) / (e^x + e^{-x})$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await tanh(tensor([0, 1])).data() // Float32Array [0, 0.7615942]
 */
export function tanh(x: Tensor): Tensor {
  return apply(tanhOp, [x], {});
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { rsqrt } from './rsqrt.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const asinhOp = unaryOp('asinh', (grad, { inputs: [x] }) => mul(grad, rsqrt(add(square(x), 1))));

/**
 * Inverse hyperbolic sine, $y = \ln(x + \sqrt{x^2 + 1})$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await asinh(tensor([0, 1])).data() // Float32Array [0, 0.8813736]
 */
export function asinh(x: Tensor): Tensor {
  return apply(asinhOp, [x], {});
}

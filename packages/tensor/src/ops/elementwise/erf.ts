import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { exp } from './exp.ts';
import { neg } from './neg.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const erfOp = unaryOp('erf', (grad, { inputs: [x] }) => mul(grad, mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI))));

/**
 * Error function, $y = \frac{2}{\sqrt\pi} \int_0^x e^{-t^2} dt$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await erf(tensor([0, 1])).data() // Float32Array [0, 0.8427008]
 */
export function erf(x: Tensor): Tensor {
  return apply(erfOp, [x], {});
}

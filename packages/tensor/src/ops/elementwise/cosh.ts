import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sinh } from './sinh.ts';
import { unaryOp } from './unary-op.ts';

const coshOp = unaryOp('cosh', (grad, { inputs: [x] }) => mul(grad, sinh(x)));

/**
 * Hyperbolic cosine, $y = (e^x + e^{-x}) / 2$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await cosh(tensor([0, 1])).data() // Float32Array [1, 1.5430807]
 */
export function cosh(x: Tensor): Tensor {
  return apply(coshOp, [x], {});
}

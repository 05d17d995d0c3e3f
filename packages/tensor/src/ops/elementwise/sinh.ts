import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { cosh } from './cosh.ts';
import { unaryOp } from './unary-op.ts';

const sinhOp = unaryOp('sinh', (grad, { inputs: [x] }) => mul(grad, cosh(x)));

/**
 * Hyperbolic sine, $y = (e^x - e^{-x}) / 2$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await sinh(tensor([0, 1])).data() // Float32Array [0, 1.1752012]
 */
export function sinh(x: Tensor): Tensor {
  return apply(sinhOp, [x], {});
}

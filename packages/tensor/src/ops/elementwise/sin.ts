import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { cos } from './cos.ts';
import { unaryOp } from './unary-op.ts';

const sinOp = unaryOp('sin', (grad, { inputs: [x] }) => mul(grad, cos(x)));

/**
 * Sine of an angle in radians.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await sin(tensor([0, Math.PI / 6])).data() // Float32Array [0, 0.5]
 */
export function sin(x: Tensor): Tensor {
  return apply(sinOp, [x], {});
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { div } from '../arithmetic/div.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const atanOp = unaryOp('atan', (grad, { inputs: [x] }) => div(grad, add(square(x), 1)));

/**
 * Inverse tangent, in $(-\pi/2, \pi/2)$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await atan(tensor([0, 1])).data() // Float32Array [0, 0.7853982]
 */
export function atan(x: Tensor): Tensor {
  return apply(atanOp, [x], {});
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const roundOp = unaryOp('round', null);

/**
 * The nearest integer; halves go to the even one. The gradient is 0 everywhere.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await round(tensor([0.5, 1.5, 1.6])).data() // Float32Array [0, 2, 2]
 */
export function round(x: Tensor): Tensor {
  return apply(roundOp, [x], {});
}

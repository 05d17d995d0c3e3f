import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const truncOp = unaryOp('trunc', null);

/**
 * The integer part: rounds towards zero. The gradient is 0 everywhere.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await trunc(tensor([-1.5, 1.5])).data() // Float32Array [-1, 1]
 */
export function trunc(x: Tensor): Tensor {
  return apply(truncOp, [x], {});
}

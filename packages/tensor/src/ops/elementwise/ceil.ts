import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const ceilOp = unaryOp('ceil', null);

/**
 * The least integer not below $x$. The gradient is 0 everywhere.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await ceil(tensor([-1.5, 1.5])).data() // Float32Array [-1, 2]
 */
export function ceil(x: Tensor): Tensor {
  return apply(ceilOp, [x], {});
}

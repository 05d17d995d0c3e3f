import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const floorOp = unaryOp('floor', null);

/**
 * The greatest integer not above $x$. The gradient is 0 everywhere.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await floor(tensor([-1.5, 1.5])).data() // Float32Array [-2, 1]
 */
export function floor(x: Tensor): Tensor {
  return apply(floorOp, [x], {});
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const signOp = unaryOp('sign', null, { accepts: 'signed' });

/**
 * Sign, $y = x / |x|$ and 0 at 0. The gradient is 0 everywhere.
 *
 * @param x - any shape `[...]`, float or int32
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * await sign(tensor([-3, 0, 2])).data() // Float32Array [-1, 0, 1]
 */
export function sign(x: Tensor): Tensor {
  return apply(signOp, [x], {});
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const negOp = unaryOp('neg', (grad) => neg(grad), { accepts: 'signed' });

/**
 * Negative, $y = -x$.
 *
 * @param x - any shape `[...]`, float or int32
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * await neg(tensor([1, -2])).data() // Float32Array [-1, 2]
 */
export function neg(x: Tensor): Tensor {
  return apply(negOp, [x], {});
}

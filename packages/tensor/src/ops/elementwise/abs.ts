import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sign } from './sign.ts';
import { unaryOp } from './unary-op.ts';

const absOp = unaryOp('abs', (grad, { inputs: [x] }) => mul(grad, sign(x)), { accepts: 'signed' });

/**
 * Absolute value, $y = |x|$. The gradient at 0 is 0, as in PyTorch.
 *
 * @param x - any shape `[...]`, float or int32
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * await abs(tensor([-3, 0, 2])).data() // Float32Array [3, 0, 2]
 */
export function abs(x: Tensor): Tensor {
  return apply(absOp, [x], {});
}

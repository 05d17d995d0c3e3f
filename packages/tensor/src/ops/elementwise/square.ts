import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { unaryOp } from './unary-op.ts';

const squareOp = unaryOp('square', (grad, { inputs: [x] }) => mul(grad, mul(x, 2)), { accepts: 'signed' });

/**
 * Square, $y = x^2$.
 *
 * @param x - any shape `[...]`, float or int32
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * await square(tensor([1, -2, 3])).data() // Float32Array [1, 4, 9]
 */
export function square(x: Tensor): Tensor {
  return apply(squareOp, [x], {});
}

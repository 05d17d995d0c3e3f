import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { mul } from '../arithmetic/mul.ts';
import { unaryOp } from './unary-op.ts';

const sqrtOp = unaryOp('sqrt', (grad, { output }) => div(grad, mul(output, 2)));

/**
 * Square root, $y = \sqrt x$: NaN below 0. The gradient at 0 is infinite.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await sqrt(tensor([0, 4, 9])).data() // Float32Array [0, 2, 3]
 */
export function sqrt(x: Tensor): Tensor {
  return apply(sqrtOp, [x], {});
}

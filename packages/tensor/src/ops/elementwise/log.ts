import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { unaryOp } from './unary-op.ts';

const logOp = unaryOp('log', (grad, { inputs: [x] }) => div(grad, x));

/**
 * Natural logarithm, $y = \ln x$: $-\infty$ at 0, NaN below.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await log(tensor([1, 10])).data() // Float32Array [0, 2.3025851]
 */
export function log(x: Tensor): Tensor {
  return apply(logOp, [x], {});
}

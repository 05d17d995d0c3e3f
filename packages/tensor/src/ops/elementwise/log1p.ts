import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { div } from '../arithmetic/div.ts';
import { unaryOp } from './unary-op.ts';

const log1pOp = unaryOp('log1p', (grad, { inputs: [x] }) => div(grad, add(x, 1)));

/**
 * Natural logarithm of one plus a number, $y = \ln(1 + x)$, exact near 0 too.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await log1p(tensor([0, 1e-8])).data() // Float32Array [0, 1e-8]
 */
export function log1p(x: Tensor): Tensor {
  return apply(log1pOp, [x], {});
}

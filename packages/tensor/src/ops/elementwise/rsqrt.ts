import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { mul } from '../arithmetic/mul.ts';
import { unaryOp } from './unary-op.ts';

const rsqrtOp = unaryOp('rsqrt', (grad, { inputs: [x], output }) => mul(grad, div(mul(output, -0.5), x)));

/**
 * Reciprocal square root, $y = 1 / \sqrt x$: infinite at 0, NaN below.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await rsqrt(tensor([1, 4])).data() // Float32Array [1, 0.5]
 */
export function rsqrt(x: Tensor): Tensor {
  return apply(rsqrtOp, [x], {});
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { neg } from './neg.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const reciprocalOp = unaryOp('reciprocal', (grad, { output }) => neg(mul(grad, square(output))));

/**
 * Reciprocal, $y = 1 / x$: infinite at 0.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await reciprocal(tensor([1, 2, -4])).data() // Float32Array [1, 0.5, -0.25]
 */
export function reciprocal(x: Tensor): Tensor {
  return apply(reciprocalOp, [x], {});
}

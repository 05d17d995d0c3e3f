import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { unaryOp } from './unary-op.ts';

const expm1Op = unaryOp('expm1', (grad, { output }) => mul(grad, add(output, 1)));

/**
 * Exponential minus one, $y = e^x - 1$, exact near 0 too.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await expm1(tensor([0, 1e-8])).data() // Float32Array [0, 1e-8]
 */
export function expm1(x: Tensor): Tensor {
  return apply(expm1Op, [x], {});
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { rsqrt } from './rsqrt.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const acoshOp = unaryOp('acosh', (grad, { inputs: [x] }) => mul(grad, rsqrt(sub(square(x), 1))));

/**
 * Inverse hyperbolic cosine, $y = \ln(x + \sqrt{x^2 - 1})$: NaN below 1, where the gradient is infinite.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await acosh(tensor([1, 2])).data() // Float32Array [0, 1.316958]
 */
export function acosh(x: Tensor): Tensor {
  return apply(acoshOp, [x], {});
}

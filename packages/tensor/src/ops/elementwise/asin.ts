import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { rsqrt } from './rsqrt.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const asinOp = unaryOp('asin', (grad, { inputs: [x] }) => mul(grad, rsqrt(sub(1, square(x)))));

/**
 * Inverse sine, in $[-\pi/2, \pi/2]$: NaN outside $[-1, 1]$. The gradient at $\pm 1$ is infinite.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await asin(tensor([0, 1])).data() // Float32Array [0, 1.5707964]
 */
export function asin(x: Tensor): Tensor {
  return apply(asinOp, [x], {});
}

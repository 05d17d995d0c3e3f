import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { neg } from './neg.ts';
import { rsqrt } from './rsqrt.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const acosOp = unaryOp('acos', (grad, { inputs: [x] }) => neg(mul(grad, rsqrt(sub(1, square(x))))));

/**
 * Inverse cosine, in $[0, \pi]$: NaN outside $[-1, 1]$. The gradient at $\pm 1$ is infinite.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await acos(tensor([1, 0])).data() // Float32Array [0, 1.5707964]
 */
export function acos(x: Tensor): Tensor {
  return apply(acosOp, [x], {});
}

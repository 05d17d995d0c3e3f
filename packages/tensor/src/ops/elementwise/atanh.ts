import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { sub } from '../arithmetic/sub.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const atanhOp = unaryOp('atanh', (grad, { inputs: [x] }) => div(grad, sub(1, square(x))));

/**
 * Inverse hyperbolic tangent, $y = \frac12 \ln \frac{1 + x}{1 - x}$: infinite at $\pm 1$, NaN outside.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await atanh(tensor([0, 0.5])).data() // Float32Array [0, 0.54930615]
 */
export function atanh(x: Tensor): Tensor {
  return apply(atanhOp, [x], {});
}

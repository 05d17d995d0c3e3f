import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { neg } from './neg.ts';
import { sin } from './sin.ts';
import { unaryOp } from './unary-op.ts';

const cosOp = unaryOp('cos', (grad, { inputs: [x] }) => neg(mul(grad, sin(x))));

/**
 * Cosine of an angle in radians.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await cos(tensor([0, Math.PI / 3])).data() // Float32Array [1, 0.5]
 */
export function cos(x: Tensor): Tensor {
  return apply(cosOp, [x], {});
}

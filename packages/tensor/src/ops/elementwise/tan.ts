import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { square } from './square.ts';
import { unaryOp } from './unary-op.ts';

const tanOp = unaryOp('tan', (grad, { output }) => mul(grad, add(square(output), 1)));

/**
 * Tangent of an angle in radians.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await tan(tensor([0, Math.PI / 4])).data() // Float32Array [0, 1]
 */
export function tan(x: Tensor): Tensor {
  return apply(tanOp, [x], {});
}

import { apply } from '../../core/op.ts';
import { scalarLike } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { greater } from '../comparison/greater.ts';
import { cast } from './cast.ts';
import { unaryOp } from './unary-op.ts';

// 0 at the kink, as in PyTorch.
const reluOp = unaryOp('relu', ({ output }) => cast(greater(output, scalarLike(output, 0)), output.dtype), { integers: true });

/**
 * Rectified linear unit, $y = \max(x, 0)$; NaN stays NaN. The gradient at 0 is 0, as in PyTorch.
 *
 * @param x - any shape `[...]`, float or int32
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * await relu(tensor([-1, 0, 2])).data() // Float32Array [0, 0, 2]
 * @see Nair & Hinton, 2010
 */
export function relu(x: Tensor): Tensor {
  return apply(reluOp, [x], {});
}

import { checkFloat } from '../../core/check-dtype.ts';
import { apply } from '../../core/op.ts';
import { type Operand, promoteOperands } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { neg } from '../elementwise/neg.ts';
import { square } from '../elementwise/square.ts';
import { add } from './add.ts';
import { binaryOp } from './binary-op.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';

const atan2Op = binaryOp('atan2', [
  (grad, { inputs: [y, x] }) => mul(grad, div(x, squaredLength(y, x))),
  (grad, { inputs: [y, x] }) => neg(mul(grad, div(y, squaredLength(y, x)))),
]);

function squaredLength(y: Tensor, x: Tensor): Tensor {
  return add(square(y), square(x));
}

/**
 * Elementwise angle of the point $(x, y)$ in radians, in $[-\pi, \pi]$, with NumPy broadcasting. The gradient at the origin is NaN.
 *
 * @param y - the ordinate, which comes first as everywhere
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await atan2(tensor([0, 1, 0]), tensor([1, 0, -1])).data() // Float32Array [0, 1.5707964, 3.1415927]
 */
export function atan2(y: Operand, x: Operand): Tensor {
  const operands = promoteOperands('atan2', y, x);
  checkFloat('atan2', operands[0].dtype);
  return apply(atan2Op, operands, {});
}

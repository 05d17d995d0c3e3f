import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { neg } from '../elementwise/neg.ts';
import { binaryOp } from './binary-op.ts';
import { floorDivide } from './floor-divide.ts';
import { mul } from './mul.ts';

const remainderOp = binaryOp('remainder', [(grad) => grad, (grad, { inputs: [a, b] }) => neg(mul(grad, floorDivide(a, b)))]);

/**
 * Elementwise remainder of a division, $a - b \lfloor a / b \rfloor$, with the sign of $b$ as in Python, NumPy broadcasting and dtype
 * promotion. The jumps have no gradient: $\partial a = 1$, $\partial b = -\lfloor a / b \rfloor$.
 *
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await remainder(tensor([7, -7]), 3).data() // Float32Array [1, 2]
 */
export function remainder(a: Operand, b: Operand): Tensor {
  return applyPromoted(remainderOp, a, b);
}

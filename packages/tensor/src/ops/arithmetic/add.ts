import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { binaryOp } from './binary-op.ts';

const addOp = binaryOp('add', [(grad) => grad, (grad) => grad]);

/**
 * Elementwise $a + b$, with NumPy broadcasting and dtype promotion.
 *
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await add(tensor([[1], [2]]), tensor([10, 20])).array() // [[11, 21], [12, 22]]
 */
export function add(a: Operand, b: Operand): Tensor {
  return applyPromoted(addOp, a, b);
}

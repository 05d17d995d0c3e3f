import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { binaryOp } from './binary-op.ts';

const mulOp = binaryOp('mul', [(grad, { inputs: [, b] }) => mul(grad, b), (grad, { inputs: [a] }) => mul(grad, a)]);

/**
 * Elementwise $a \cdot b$, with NumPy broadcasting and dtype promotion.
 *
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await mul(tensor([1, 2, 3]), 2).data() // Float32Array [2, 4, 6]
 */
export function mul(a: Operand, b: Operand): Tensor {
  return applyPromoted(mulOp, a, b);
}

import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { comparisonOp } from './comparison-op.ts';

const notEqualOp = comparisonOp('notEqual');

/**
 * Elementwise $a \ne b$, with NumPy broadcasting and dtype promotion. True where either is NaN.
 *
 * @returns bool, the broadcast shape
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @example
 * await notEqual(tensor([1, 2, 3]), 2).data() // Uint8Array [1, 0, 1]
 */
export function notEqual(a: Operand, b: Operand): Tensor {
  return applyPromoted(notEqualOp, a, b);
}

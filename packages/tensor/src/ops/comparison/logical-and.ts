import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { comparisonOp } from './comparison-op.ts';

const logicalAndOp = comparisonOp('logicalAnd');

/**
 * Elementwise $a \land b$, with NumPy broadcasting and dtype promotion. Everything but 0 counts as true.
 *
 * @returns bool, the broadcast shape
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @example
 * await logicalAnd(tensor([true, true, false]), tensor([true, false, false])).data() // Uint8Array [1, 0, 0]
 */
export function logicalAnd(a: Operand, b: Operand): Tensor {
  return applyPromoted(logicalAndOp, a, b);
}

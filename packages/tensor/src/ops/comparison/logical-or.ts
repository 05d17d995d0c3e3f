import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { comparisonOp } from './comparison-op.ts';

const logicalOrOp = comparisonOp('logicalOr');

/**
 * Elementwise $a \lor b$, with NumPy broadcasting and dtype promotion. Everything but 0 counts as true.
 *
 * @returns bool, the broadcast shape
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @example
 * await logicalOr(tensor([true, true, false]), tensor([true, false, false])).data() // Uint8Array [1, 1, 0]
 */
export function logicalOr(a: Operand, b: Operand): Tensor {
  return applyPromoted(logicalOrOp, a, b);
}

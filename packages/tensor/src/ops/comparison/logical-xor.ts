import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { comparisonOp } from './comparison-op.ts';

const logicalXorOp = comparisonOp('logicalXor');

/**
 * Elementwise $a \oplus b$, with NumPy broadcasting and dtype promotion. Everything but 0 counts as true.
 *
 * @returns bool, the broadcast shape
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @example
 * await logicalXor(tensor([true, true, false]), tensor([true, false, false])).data() // Uint8Array [0, 1, 0]
 */
export function logicalXor(a: Operand, b: Operand): Tensor {
  return applyPromoted(logicalXorOp, a, b);
}

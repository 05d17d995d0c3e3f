import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { comparisonOp } from './comparison-op.ts';

const greaterOp = comparisonOp('greater');

/**
 * Elementwise $a > b$, with NumPy broadcasting and dtype promotion. False where either is NaN.
 *
 * @returns bool, the broadcast shape
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @example
 * await greater(tensor([1, 2, 3]), 2).data() // Uint8Array [0, 0, 1]
 */
export function greater(a: Operand, b: Operand): Tensor {
  return applyPromoted(greaterOp, a, b);
}

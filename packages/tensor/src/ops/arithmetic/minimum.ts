import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { greater } from '../comparison/greater.ts';
import { binaryOp } from './binary-op.ts';
import { splitTies } from './split-ties.ts';

const minimumOp = binaryOp(
  'minimum',
  splitTies((a, b) => greater(a, b)),
);

/**
 * Elementwise $\min(a, b)$, with NumPy broadcasting and dtype promotion; NaN wins. Where the operands tie, each gets half of the gradient,
 * as in PyTorch.
 *
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await minimum(tensor([1, 5]), tensor([4, 2])).data() // Float32Array [1, 2]
 */
export function minimum(a: Operand, b: Operand): Tensor {
  return applyPromoted(minimumOp, a, b);
}

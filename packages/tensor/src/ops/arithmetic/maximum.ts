import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { less } from '../comparison/less.ts';
import { binaryOp } from './binary-op.ts';
import { splitTies } from './split-ties.ts';

const maximumOp = binaryOp(
  'maximum',
  splitTies((a, b) => less(a, b)),
);

/**
 * Elementwise $\max(a, b)$, with NumPy broadcasting and dtype promotion; NaN wins. Where the operands tie, each gets half of the gradient,
 * as in PyTorch.
 *
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await maximum(tensor([1, 5]), tensor([4, 2])).data() // Float32Array [4, 5]
 */
export function maximum(a: Operand, b: Operand): Tensor {
  return applyPromoted(maximumOp, a, b);
}

import { applyPromoted, type Operand } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { neg } from '../elementwise/neg.ts';
import { binaryOp } from './binary-op.ts';

const subOp = binaryOp('sub', [(grad) => grad, (grad) => neg(grad)]);

/**
 * Elementwise $a - b$, with NumPy broadcasting and dtype promotion.
 *
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await sub(10, tensor([1, 2, 3])).data() // Float32Array [9, 8, 7]
 */
export function sub(a: Operand, b: Operand): Tensor {
  return applyPromoted(subOp, a, b);
}

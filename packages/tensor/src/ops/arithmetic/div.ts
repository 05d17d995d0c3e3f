import { isFloat } from '@dl/kernels';
import { apply } from '../../core/op.ts';
import { applyConverted, type Operand, promoteOperands, toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { neg } from '../elementwise/neg.ts';
import { binaryOp } from './binary-op.ts';
import { mul } from './mul.ts';

const divOp = binaryOp('div', [
  (grad, { inputs: [, b] }) => div(grad, b),
  (grad, { inputs: [, b], output }) => neg(mul(grad, div(output, b))),
]);

/**
 * Elementwise true division $a / b$, with NumPy broadcasting and dtype promotion; integers become float32. {@link floorDivide} rounds.
 *
 * @returns the broadcast shape, a float dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @example
 * await div(tensor([1, 2, 3], { dtype: 'int32' }), 2).data() // Float32Array [0.5, 1, 1.5]
 */
export function div(a: Operand, b: Operand): Tensor {
  const operands = promoteOperands('div', a, b);
  if (isFloat(operands[0].dtype)) return applyConverted(divOp, operands, a, b);
  return apply(
    divOp,
    operands.map((x) => toDType(x, 'float32')),
    {},
  );
}

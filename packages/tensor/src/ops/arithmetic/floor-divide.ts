import { broadcastShapes, isFloat } from '@dl/kernels';
import { checkSigned } from '../../core/check-dtype.ts';
import { apply } from '../../core/op.ts';
import { type Operand, promoteOperands } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { equal } from '../comparison/equal.ts';
import { where } from '../comparison/where.ts';
import { round } from '../elementwise/round.ts';
import { binaryOp } from './binary-op.ts';
import { div } from './div.ts';
import { remainder } from './remainder.ts';
import { sub } from './sub.ts';

const integerOp = binaryOp('div', [null, null]);

/**
 * Elementwise division rounded towards minus infinity, $\lfloor a / b \rfloor$, with NumPy broadcasting and dtype promotion. The
 * gradient is 0 everywhere. On floats it is Python's `//`: the quotient that goes with {@link remainder}, and $a / 0$ is infinite.
 *
 * @returns the broadcast shape, the promoted dtype
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await floorDivide(tensor([7, -7]), 2).data() // Float32Array [3, -4]
 */
export function floorDivide(a: Operand, b: Operand): Tensor {
  const [x, y] = promoteOperands('floorDivide', a, b);
  checkSigned('floorDivide', x.dtype);
  broadcastShapes('floorDivide', x.shape, y.shape);
  if (!isFloat(x.dtype)) return apply(integerOp, [x, y], {});
  // floor(a / b) is one too many where the division rounds up to an integer: 1 / 0.1 is 10, and 1 // 0.1 is 9.
  return where(equal(y, 0), div(x, y), round(div(sub(x, remainder(x, y)), y)));
}

import { isFloat } from '@dl/kernels';
import { applyPromoted, type Operand } from '../../core/operands.ts';
import { isRecording } from '../../core/recorder.ts';
import type { Tensor } from '../../core/tensor.ts';
import { cast } from '../elementwise/cast.ts';
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
  if (isFloatTensor(a) || isFloatTensor(b)) return applyPromoted(divOp, a, b);
  const [x, y] = [toFloat(a), toFloat(b)];
  const output = applyPromoted(divOp, x, y);
  if (!isRecording()) for (const made of [x, y]) if (typeof made !== 'number') made.dispose();
  return output;
}

function toFloat(x: Operand): Operand {
  return typeof x === 'number' ? x : cast(x, 'float32');
}

function isFloatTensor(x: Operand): boolean {
  return typeof x !== 'number' && isFloat(x.dtype);
}

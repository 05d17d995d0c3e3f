import { applyFused, type FusedOp } from '../../core/fused-op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { expandTo } from '../layout/expand.ts';
import { sum } from '../reduce/sum.ts';
import { column } from './batch-norm-op.ts';

const scaleShiftOp: FusedOp<'scaleShift'> = {
  name: 'scaleShift',
  infer: ([x]) => [x],
  composite: ([x, scale, shift]) => [add(mul(x, column(scale)), column(shift))],
  vjp: [
    (grad, { inputs: [, scale] }) => mul(grad, column(scale)),
    (grad, { inputs: [x] }) => sum(mul(grad, x), [0, 2]),
    (grad) => sum(grad, [0, 2]),
  ],
  jvp: [
    (tangent, { inputs: [, scale] }) => mul(tangent, column(scale)),
    (tangent, { inputs: [x] }) => mul(x, column(tangent)),
    (tangent, { output }) => expandTo(column(tangent), output.shape),
  ],
};

/** $a_c x + b_c$ for x `[n, c, l]`, a and b `[c]`. */
export function scaleShift(x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  return applyFused(scaleShiftOp, [x, scale, shift], {})[0];
}

import { broadcastShapes, DTypeError, type NoAttrs } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import { type Operand, promoteOperands } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { expandTo } from '../layout/expand.ts';
import { sumTo } from '../reduce/sum-to.ts';

const whereOp: Op<NoAttrs> = {
  name: 'where',
  infer([condition, a, b]) {
    if (condition.dtype !== 'bool') {
      throw new DTypeError(
        'where',
        `condition must be bool, got ${condition.dtype}: compare it, or convert it with cast(x, 'bool')`,
      );
    }
    return { shape: broadcastShapes('where', condition.shape, broadcastShapes('where', a.shape, b.shape)), dtype: a.dtype };
  },
  forward: (backend, inputs, _attrs, out) => backend.run('select', inputs, {}, out),
  vjp: [
    null,
    (grad, { inputs: [condition, a] }) => sumTo(where(condition, grad, 0), a.shape),
    (grad, { inputs: [condition, , b] }) => sumTo(where(condition, 0, grad), b.shape),
  ],
  jvp: [
    null,
    (tangent, { inputs: [condition], output }) => expandTo(where(condition, tangent, 0), output.shape),
    (tangent, { inputs: [condition], output }) => expandTo(where(condition, 0, tangent), output.shape),
  ],
};

/**
 * Elementwise choice: $a$ where the condition holds, else $b$, with NumPy broadcasting of all three and dtype promotion of the two.
 *
 * The gradient of the other one is 0, but 0 times an infinite derivative further back is NaN: keep the unchosen branch finite too.
 *
 * @param condition - bool
 * @returns the broadcast shape, the promoted dtype of `a` and `b`
 * @throws {@link DTypeError} unless the condition is bool
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link ArgumentError} when `a` and `b` are both numbers
 * @example
 * const x = tensor([-1, 2]);
 * await where(greater(x, 0), x, 0).data() // Float32Array [0, 2]
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return apply(whereOp, [condition, ...promoteOperands('where', a, b)], {});
}

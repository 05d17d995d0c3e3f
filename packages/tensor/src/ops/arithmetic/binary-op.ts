import { type ArithmeticFn, broadcastShapes, type NoAttrs } from '@dl/kernels';
import { checkSigned } from '../../core/check-dtype.ts';
import type { Op, Rule } from '../../core/op.ts';
import { expandTo } from '../layout/expand.ts';
import { sumTo } from '../reduce/sum-to.ts';

/**
 * The op of one arithmetic function of two operands with NumPy broadcasting. `partials` gives, for each operand, the gradient or tangent
 * multiplied by the partial derivative; the factory sums it back over stretched axes, or stretches a tangent.
 */
export function binaryOp(fn: ArithmeticFn, partials: readonly [Rule<NoAttrs> | null, Rule<NoAttrs> | null]): Op<NoAttrs> {
  return {
    name: fn,
    infer([a, b]) {
      checkSigned(fn, a.dtype);
      return { shape: broadcastShapes(fn, a.shape, b.shape), dtype: a.dtype };
    },
    forward: (backend, inputs, _attrs, out) => backend.run('binary', inputs, { fn }, out),
    vjp: partials.map(
      (partial) => partial && ((grad, context, index) => sumTo(partial(grad, context, index), context.inputs[index].shape)),
    ),
    jvp: partials.map(
      (partial) => partial && ((tangent, context, index) => expandTo(partial(tangent, context, index), context.output.shape)),
    ),
  };
}

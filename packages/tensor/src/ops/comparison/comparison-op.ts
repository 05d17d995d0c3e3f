import type { ComparisonFn, NoAttrs } from '@dl/kernels';
import { broadcastShapes } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import { type Operand, promoteOperands } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';

/** The op of one comparison: broadcasts, promotes dtypes, gives bool, and lets no gradient through. */
export function comparisonOp(fn: ComparisonFn): (a: Operand, b: Operand) => Tensor {
  const op: Op<NoAttrs> = {
    name: fn,
    infer: ([a, b]) => ({ shape: broadcastShapes(fn, a.shape, b.shape), dtype: 'bool' }),
    forward: (backend, inputs, _attrs, out) => backend.run('binary', inputs, { fn }, out),
    vjp: [null, null],
    jvp: [null, null],
  };
  return (a, b) => apply(op, promoteOperands(fn, a, b), {});
}

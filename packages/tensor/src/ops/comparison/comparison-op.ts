import { broadcastShapes, type ComparisonFn, type NoAttrs } from '@dl/kernels';
import type { Op } from '../../core/op.ts';

/** The op of one comparison of two operands of one dtype: broadcasts, gives bool, and lets no gradient through. */
export function comparisonOp(fn: ComparisonFn): Op<NoAttrs> {
  return {
    name: fn,
    infer: ([a, b]) => ({ shape: broadcastShapes(fn, a.shape, b.shape), dtype: 'bool' }),
    forward: (backend, inputs, _attrs, out) => backend.run('binary', inputs, { fn }, out),
    vjp: [null],
    jvp: [null],
  };
}

import { factorShape, type KernelAttrs } from '@dl/kernels';
import type { Op, RuleContext } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';

type FactorAttrs = KernelAttrs['factor'];

/** A derivative rule of a factorisation: from the gradient, or the tangent, and what the op saw. */
export type FactorRule = (given: Tensor, context: RuleContext<FactorAttrs>) => Tensor;

/** The op of one row of {@link FactorFn}, whose results come as one tensor. */
export function factorOp(name: string, vjp: FactorRule, jvp: FactorRule): Op<FactorAttrs> {
  return {
    name,
    infer([{ shape, dtype }], { fn }) {
      const [m, n] = shape.slice(-2);
      return { shape: [...shape.slice(0, -2), ...factorShape(fn, m, n)], dtype };
    },
    forward: (backend, inputs, attrs, out) => backend.run('factor', inputs, attrs, out),
    vjp: [vjp],
    jvp: [jvp],
  };
}

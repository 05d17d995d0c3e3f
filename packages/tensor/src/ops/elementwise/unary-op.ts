import type { DType, NoAttrs, UnaryFn } from '@dl/kernels';
import { checkFloat, checkSigned } from '../../core/check-dtype.ts';
import type { Op, Rule } from '../../core/op.ts';

/** What dtypes a unary op takes (`signed`: float and int32) and gives (default: the same). */
export interface UnaryOpOptions {
  readonly accepts?: 'float' | 'signed' | 'any' | undefined;
  readonly out?: DType | undefined;
}

/**
 * The op of one row of {@link UnaryFn}. The Jacobian is diagonal, so one `rule` serves gradients and tangents: it multiplies either by
 * the derivative. `null` says that the derivative is 0 wherever it exists.
 */
export function unaryOp(fn: UnaryFn, rule: Rule<NoAttrs> | null, { accepts = 'float', out }: UnaryOpOptions = {}): Op<NoAttrs> {
  return {
    name: fn,
    infer([x]) {
      if (accepts === 'float') checkFloat(fn, x.dtype);
      else if (accepts === 'signed') checkSigned(fn, x.dtype);
      return { shape: x.shape, dtype: out ?? x.dtype };
    },
    forward: (backend, inputs, _attrs, spec) => backend.run('unary', inputs, { fn }, spec),
    vjp: [rule],
    jvp: [rule],
  };
}

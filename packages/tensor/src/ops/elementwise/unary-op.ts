import type { DType, UnaryFn } from '@dl/kernels';
import { DTypeError, isFloat } from '@dl/kernels';
import type { NoAttrs } from '@dl/kernels';
import type { Op, Rule, RuleContext } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';

/** The derivative of an elementwise function at the op's input, or `null` where it is 0 almost everywhere. */
export type UnaryDerivative = ((context: RuleContext<NoAttrs>) => Tensor) | null;

/** What dtypes a unary op takes besides float. */
export interface UnaryOpOptions {
  readonly integers?: boolean | undefined;
  readonly out?: DType | undefined;
}

/** The op of one row of {@link UnaryFn}: its gradient and its tangent are both multiplied by the derivative. */
export function unaryOp(fn: UnaryFn, derivative: UnaryDerivative, options: UnaryOpOptions = {}): Op<NoAttrs> {
  const rule: Rule<NoAttrs> | null = derivative && ((grad, context) => mul(grad, derivative(context)));
  return {
    name: fn,
    infer([x]) {
      if (!isFloat(x.dtype) && !(options.integers && x.dtype === 'int32')) {
        throw new DTypeError(fn, `dtype must be ${options.integers ? 'float or int32' : 'float'}, got ${x.dtype}: convert it with cast(x, 'float32')`);
      }
      return { shape: x.shape, dtype: options.out ?? x.dtype };
    },
    forward: (backend, inputs, _attrs, out) => backend.run('unary', inputs, { fn }, out),
    vjp: [rule],
    jvp: [rule],
  };
}

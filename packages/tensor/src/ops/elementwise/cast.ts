import type { DType } from '@dl/kernels';
import { isFloat } from '@dl/kernels';
import { apply, type Op, type Rule } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { zerosLike } from '../create/zeros-like.ts';

interface CastAttrs {
  readonly dtype: DType;
}

// Integers have no tangent space: a cast from or to one carries no gradient.
const vjpRule: Rule<CastAttrs> = (grad, { inputs: [x], attrs }) =>
  isFloat(attrs.dtype) && isFloat(x.dtype) ? cast(grad, x.dtype) : zerosLike(x);
const jvpRule: Rule<CastAttrs> = (tangent, { output, attrs }) =>
  isFloat(attrs.dtype) ? cast(tangent, attrs.dtype) : zerosLike(output);

const castOp: Op<CastAttrs> = {
  name: 'cast',
  infer: ([x], { dtype }) => ({ shape: x.shape, dtype }),
  forward: (backend, inputs, _attrs, out) => backend.run('cast', inputs, {}, out),
  vjp: [vjpRule],
  jvp: [jvpRule],
};

/**
 * The same values as another dtype. Float to integer truncates towards zero and saturates, NaN gives 0; anything to bool is `x ≠ 0`.
 *
 * @param x - any shape `[...]`
 * @returns the shape of `x`, of dtype `dtype`
 * @example
 * await cast(tensor([-1.7, 0, 2.5]), 'int32').data() // Int32Array [-1, 0, 2]
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  return apply(castOp, [x], { dtype });
}

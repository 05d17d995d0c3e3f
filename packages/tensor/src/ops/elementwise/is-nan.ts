import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const isNanOp = unaryOp('isNan', null, { out: 'bool' });

/**
 * Whether an element is NaN.
 *
 * @param x - any shape `[...]`, float
 * @returns bool, the shape of `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await isNan(tensor([1, NaN])).data() // Uint8Array [0, 1]
 */
export function isNan(x: Tensor): Tensor {
  return apply(isNanOp, [x], {});
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const logicalNotOp = unaryOp('logicalNot', null, { accepts: 'any', out: 'bool' });

/**
 * Whether an element is 0: the negation of its truth.
 *
 * @param x - any shape `[...]`, any dtype
 * @returns bool, the shape of `x`
 * @example
 * await logicalNot(tensor([0, 1, -2])).data() // Uint8Array [1, 0, 0]
 */
export function logicalNot(x: Tensor): Tensor {
  return apply(logicalNotOp, [x], {});
}

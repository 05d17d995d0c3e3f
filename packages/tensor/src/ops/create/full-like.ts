import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { LikeOptions } from './options.ts';

/**
 * One value everywhere, with the shape and backend of `x`, and its dtype unless told otherwise.
 *
 * @example
 * await fullLike(tensor([5, 7]), 3).data() // Float32Array [3, 3]
 */
export function fullLike(x: Tensor, value: number, { dtype = x.dtype }: LikeOptions = {}): Tensor {
  return constant(x.backend, x.shape, dtype, value);
}

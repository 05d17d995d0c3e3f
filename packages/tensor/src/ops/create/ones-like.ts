import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { LikeOptions } from './options.ts';

/**
 * Ones with the shape and backend of `x`, and its dtype unless told otherwise.
 *
 * @example
 * await onesLike(tensor([5, 7])).data() // Float32Array [1, 1]
 */
export function onesLike(x: Tensor, { dtype = x.dtype }: LikeOptions = {}): Tensor {
  return constant(x.backend, x.shape, dtype, 1);
}

import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { LikeOptions } from './options.ts';

/**
 * Zeros with the shape and backend of `x`, and its dtype unless told otherwise.
 *
 * @example
 * await zerosLike(tensor([5, 7])).data() // Float32Array [0, 0]
 */
export function zerosLike(x: Tensor, { dtype = x.dtype }: LikeOptions = {}): Tensor {
  return constant(x.backend, x.shape, dtype, 0);
}

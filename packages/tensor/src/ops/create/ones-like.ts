import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';

/**
 * Ones with the shape, dtype and backend of `x`.
 *
 * @example
 * await onesLike(tensor([5, 7])).data() // Float32Array [1, 1]
 */
export function onesLike(x: Tensor): Tensor {
  return constant(x.backend, x.shape, x.dtype, 1);
}

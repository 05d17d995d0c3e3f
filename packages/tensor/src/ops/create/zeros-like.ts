import { constant } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';

/**
 * Zeros with the shape, dtype and backend of `x`.
 *
 * @example
 * await zerosLike(tensor([1, 2])).data() // Float32Array [0, 0]
 */
export function zerosLike(x: Tensor): Tensor {
  return constant(x.backend, x.shape, x.dtype, 0);
}

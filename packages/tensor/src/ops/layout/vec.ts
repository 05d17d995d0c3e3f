import type { Tensor } from '../../core/tensor.ts';
import { reshape } from './reshape.ts';

/**
 * All elements as one vector, row by row: $\operatorname{vec}$ of the Jacobians of tensor-valued functions.
 *
 * @param x - any shape
 * @returns `[x.size]`
 * @example
 * await vec(tensor([[1, 2], [3, 4]])).data() // Float32Array [1, 2, 3, 4]
 */
export function vec(x: Tensor): Tensor {
  return reshape(x, [x.size]);
}

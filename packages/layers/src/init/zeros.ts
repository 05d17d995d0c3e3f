import type { Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { constant } from './constant.ts';

/**
 * All elements 0: a bias, or the last scale of a residual branch, which then starts as the identity. Weights must differ from each other, or units
 * that start alike stay alike.
 *
 * @example
 * await init.zeros([2]).data() // Float32Array [0, 0]
 */
export function zeros(shape: Shape): Tensor {
  return constant(shape, 0);
}

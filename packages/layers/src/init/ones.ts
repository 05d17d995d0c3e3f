import type { Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { constant } from './constant.ts';

/**
 * All elements 1: the scale of a normalisation.
 *
 * @example
 * await init.ones([2]).data() // Float32Array [1, 1]
 */
export function ones(shape: Shape): Tensor {
  return constant(shape, 1);
}

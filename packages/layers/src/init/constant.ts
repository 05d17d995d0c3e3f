import type { Shape } from '@dl/kernels';
import { full, type Tensor } from '@dl/tensor';

/**
 * All elements the same.
 *
 * @example
 * await init.constant([2], 0.5).data() // Float32Array [0.5, 0.5]
 */
export function constant(shape: Shape, value: number): Tensor {
  return full(shape, value);
}

import type { Shape } from '@dl/kernels';
import type { Tensor } from '../core/tensor.ts';
import { defaultRng } from './default-rng.ts';
import type { RandomOptions } from './rand.ts';

/**
 * Normally distributed numbers of mean 0 and variance 1; for others {@link Rng.normal}.
 *
 * @throws {@link ArgumentError} for an extent that is no non-negative integer
 * @example
 * randn([2, 3]).shape // [2, 3]
 */
export function randn(shape: Shape, { rng = defaultRng(), ...options }: RandomOptions = {}): Tensor {
  return rng.normal(shape, options);
}

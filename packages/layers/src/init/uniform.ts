import type { Shape } from '@dl/kernels';
import { defaultRng, type Tensor } from '@dl/tensor';
import type { InitOptions } from './options.ts';

/** Options of {@link uniform}. */
export interface UniformInitOptions extends InitOptions {
  /** Default 0. */
  readonly low?: number | undefined;
  /** Default 1. */
  readonly high?: number | undefined;
}

/**
 * Uniform in [low, high).
 *
 * @throws {@link ArgumentError} for `low` above `high`
 * @example
 * init.uniform([2, 3], { low: -0.1, high: 0.1 }).shape // [2, 3]
 */
export function uniform(shape: Shape, { rng = defaultRng(), ...options }: UniformInitOptions = {}): Tensor {
  return rng.uniform(shape, options);
}

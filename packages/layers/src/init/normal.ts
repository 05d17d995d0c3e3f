import type { Shape } from '@dl/kernels';
import { defaultRng, type Tensor } from '@dl/tensor';
import type { InitOptions } from './options.ts';

/** Options of {@link normal}. */
export interface NormalInitOptions extends InitOptions {
  /** Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation. Default 1. */
  readonly std?: number | undefined;
}

/**
 * Normal with a mean and a standard deviation.
 *
 * @throws {@link ArgumentError} for a negative deviation
 * @example
 * init.normal([2, 3], { std: 0.02 }).shape // [2, 3]
 */
export function normal(shape: Shape, { rng = defaultRng(), ...options }: NormalInitOptions = {}): Tensor {
  return rng.normal(shape, options);
}

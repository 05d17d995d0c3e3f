import type { Shape } from '@dl/kernels';
import type { Tensor } from '../core/tensor.ts';
import { defaultRng } from './default-rng.ts';
import type { Rng } from './rng.ts';
import type { RngTensorOptions } from './rng-options.ts';

/** Options of {@link rand} and {@link randn}. */
export interface RandomOptions extends RngTensorOptions {
  /** Default: {@link defaultRng}. */
  readonly rng?: Rng | undefined;
  /** Default float32. */
  readonly dtype?: 'float32' | 'float64' | undefined;
}

/**
 * Uniformly distributed numbers in [0, 1); for another range {@link Rng.uniform}.
 *
 * @throws {@link ArgumentError} for an extent that is no non-negative integer
 * @example
 * rand([2, 3]).shape // [2, 3]
 * const same = rand([2, 3], { rng: new Rng(0) });
 */
export function rand(shape: Shape, { rng = defaultRng(), ...options }: RandomOptions = {}): Tensor {
  return rng.uniform(shape, options);
}

import type { DType, Shape } from '@dl/kernels';
import type { Tensor } from '../core/tensor.ts';
import { defaultRng } from './default-rng.ts';
import type { Rng } from './rng.ts';
import type { RngTensorOptions } from './rng-options.ts';

/** Options of {@link randint}. */
export interface RandintOptions extends RngTensorOptions {
  /** Default: {@link defaultRng}. */
  readonly rng?: Rng | undefined;
  /** Default int32. */
  readonly dtype?: DType | undefined;
}

/**
 * Uniformly distributed integers in [low, high).
 *
 * @throws {@link ArgumentError} for an extent that is no non-negative integer, or bounds that are no 32-bit integers with `low` below `high`
 * @example
 * await randint(4, 5, [3]).data() // Int32Array [4, 4, 4]
 */
export function randint(
  low: number,
  high: number,
  shape: Shape,
  { rng = defaultRng(), ...options }: RandintOptions = {},
): Tensor {
  return rng.integers(shape, { low, high, ...options });
}

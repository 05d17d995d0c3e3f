import type { Backend, DType } from '@dl/kernels';

/** Options of everything that makes random tensors. */
export interface RngTensorOptions {
  /** Default: the one chosen with {@link useBackend}. The numbers are the same on all of them. */
  readonly backend?: Backend | undefined;
}

/** Options of {@link Rng.uniform}. */
export interface UniformOptions extends RngTensorOptions {
  /** Default 0. */
  readonly low?: number | undefined;
  /** Default 1. */
  readonly high?: number | undefined;
  /** Default float32. */
  readonly dtype?: 'float32' | 'float64' | undefined;
}

/** Options of {@link Rng.normal}. */
export interface NormalOptions extends RngTensorOptions {
  /** Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation. Default 1. */
  readonly std?: number | undefined;
  /** Default float32. */
  readonly dtype?: 'float32' | 'float64' | undefined;
}

/** Options of {@link Rng.bernoulli}. */
export interface BernoulliOptions extends RngTensorOptions {
  /** The probability of a 1. Default 0.5. */
  readonly p?: number | undefined;
  /** Default float32. */
  readonly dtype?: DType | undefined;
}

/** Options of {@link Rng.integers}. */
export interface IntegersOptions extends RngTensorOptions {
  /** The least value. Default 0. */
  readonly low?: number | undefined;
  /** Above the greatest value. */
  readonly high: number;
  /** Default int32; others truncate and saturate as {@link tensor} does. */
  readonly dtype?: DType | undefined;
}

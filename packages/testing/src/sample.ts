import { type DType, philoxWords, type Shape, sizeOf } from '@dl/kernels';
import type { SampleInput } from './record.ts';

/** Options of {@link uniform}. */
export interface UniformOptions {
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** Different seeds give unrelated values. */
  readonly seed?: number | undefined;
}

/** Float values in [low, high), default [-2, 2), the same in every run. */
export function uniform(shape: Shape, { low = -2, high = 2, seed = 0 }: UniformOptions = {}): SampleInput {
  const words = philoxWords([seed, 7], 0, sizeOf(shape));
  const values = Array.from(words, (word) => Math.fround(low + (high - low) * ((word >>> 8) / 2 ** 24)));
  return { shape, dtype: 'float', values };
}

/** Float values written out. */
export function floats(values: readonly number[], shape: Shape = [values.length]): SampleInput {
  return { shape, dtype: 'float', values: values.map(Math.fround) };
}

/** Integers or booleans written out. */
export function integers(
  values: readonly number[],
  shape: Shape = [values.length],
  dtype: Exclude<DType, 'float32' | 'float64'> = 'int32',
): SampleInput {
  return { shape, dtype, values };
}

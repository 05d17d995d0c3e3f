import { ArgumentError, createTypedArray } from '@dl/kernels';
import { currentBackend } from '../../core/backend.ts';
import { Tensor } from '../../core/tensor.ts';
import type { CreateOptions } from './options.ts';

/** Options of {@link linspace}. */
export interface LinspaceOptions extends Omit<CreateOptions, 'dtype'> {
  /** Default float32. */
  readonly dtype?: 'float32' | 'float64' | undefined;
}

/**
 * `count` equidistant numbers, both ends included and exact.
 *
 * @returns `[count]`; `start` alone for a count of 1
 * @throws {@link ArgumentError} for a count that is no non-negative integer
 * @example
 * await linspace(0, 1, 5).data() // Float32Array [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(
  start: number,
  stop: number,
  count: number,
  { dtype = 'float32', backend = currentBackend() }: LinspaceOptions = {},
): Tensor {
  if (!Number.isInteger(count) || count < 0) {
    throw new ArgumentError('linspace', `count must be a non-negative integer, got ${count}`);
  }
  const values = createTypedArray(dtype, count);
  const step = (stop - start) / Math.max(count - 1, 1);
  // From the nearer end, so that rounding leaves both exact.
  for (let i = 0; i < count; i++) values[i] = i < count / 2 ? start + i * step : stop - (count - 1 - i) * step;
  return new Tensor(backend, backend.upload(values, { shape: [count], dtype }), [count], dtype);
}

import { ArgumentError } from '@dl/kernels';
import { checkBounds, type Dimension, spread } from './dimension.ts';

/**
 * A positive number between two, all powers as probable: what learning rates and penalties are looked for in.
 *
 * @throws {@link ArgumentError} unless `low` is positive and below `high`
 * @example
 * space.logUniform(0.001, 0.1).grid(3) // [0.001, 0.01, 0.1]
 * @see Bergstra & Bengio, Random search for hyper-parameter optimization, 2012
 */
export function logUniform(low: number, high: number): Dimension<number> {
  checkBounds('logUniform', low, high);
  if (low <= 0) throw new ArgumentError('logUniform', `low must be positive, got ${low}`);
  const at = (part: number): number => low * (high / low) ** part;
  return { sample: at, grid: (count) => spread(count).map(at) };
}

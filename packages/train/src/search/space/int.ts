import { ArgumentError } from '@dl/kernels';
import { checkBounds, type Dimension, spread } from './dimension.ts';

/**
 * An integer from `low` to `high`, both included, all as probable.
 *
 * @throws {@link ArgumentError} unless both are integers and `low` is below `high`
 * @example
 * space.int(1, 5).grid(3) // [1, 3, 5]
 */
export function int(low: number, high: number): Dimension<number> {
  checkBounds('int', low, high);
  if (!Number.isInteger(low) || !Number.isInteger(high))
    throw new ArgumentError('int', `bounds must be integers, got ${low} and ${high}`);
  return {
    sample: (u) => low + Math.floor(u * (high - low + 1)),
    grid: (count) => [...new Set(spread(count).map((part) => Math.round(low + part * (high - low))))],
  };
}

import { checkBounds, type Dimension, spread } from './dimension.ts';

/**
 * A number between two, all as probable.
 *
 * @throws {@link ArgumentError} unless `low` is below `high`
 * @example
 * space.uniform(0, 0.5).grid(3) // [0, 0.25, 0.5]
 */
export function uniform(low: number, high: number): Dimension<number> {
  checkBounds('uniform', low, high);
  const at = (part: number): number => low + part * (high - low);
  return { sample: at, grid: (count) => spread(count).map(at) };
}

import { ArgumentError } from '@dl/kernels';
import type { Dimension } from './dimension.ts';

/**
 * One of some values, all as probable.
 *
 * @throws {@link ArgumentError} for no value
 * @example
 * space.choice(['relu', 'tanh']).grid(3) // ['relu', 'tanh']
 */
export function choice<const T>(values: readonly T[]): Dimension<T> {
  if (values.length === 0) throw new ArgumentError('choice', 'there must be values, got none');
  return { sample: (u) => values[Math.floor(u * values.length)], grid: () => values };
}

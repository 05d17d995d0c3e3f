import type { Pair } from '@dl/kernels';

/** One number for height and width alike, or one for each. */
export type NumberOrPair = number | Pair;

/** `[height, width]` of a number or a pair. */
export function pairOf(value: NumberOrPair): Pair {
  return typeof value === 'number' ? [value, value] : value;
}

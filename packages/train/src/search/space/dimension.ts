import { ArgumentError } from '@dl/kernels';

/** The values that a hyperparameter may have. */
export interface Dimension<T> {
  /** One of them, by a number in [0, 1) that is drawn at random. */
  sample(u: number): T;
  /** All of them, or `count` spread evenly where there are too many to list. */
  grid(count: number): readonly T[];
}

/** Parts of a whole that are spread evenly from 0 to 1; the middle alone. */
export function spread(count: number): number[] {
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0.5 : i / (count - 1)));
}

/** @throws {@link ArgumentError} unless `low` is below `high` and both are finite */
export function checkBounds(op: string, low: number, high: number): void {
  if (!(low < high && Number.isFinite(low) && Number.isFinite(high)))
    throw new ArgumentError(op, `low must be below high, got ${low} and ${high}`);
}

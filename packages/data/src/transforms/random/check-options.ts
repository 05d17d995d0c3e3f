import { ArgumentError } from '@dl/kernels';

/** Refuses what is no probability. */
export function checkProbability(op: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new ArgumentError(op, `p must be in [0, 1], got ${p}`);
}

/** Refuses two numbers that are no range, or that leave [least, most]. */
export function checkRange(
  op: string,
  name: string,
  [low, high]: readonly number[],
  least: number = -Infinity,
  most: number = Infinity,
): void {
  const finite = Number.isFinite(low) && Number.isFinite(high);
  if (finite && low <= high && low >= least && high <= most) return;
  throw new ArgumentError(op, `${name} must be finite and in order within [${least}, ${most}], got [${low}, ${high}]`);
}

/** One number stands for the range to both sides of 0. */
export function bothSides(value: number | readonly [number, number]): readonly [number, number] {
  return typeof value === 'number' ? [-value, value] : value;
}

/** One number stands for a square. */
export function sizeOfSides(op: string, size: number | readonly [number, number]): readonly [number, number] {
  const sides = typeof size === 'number' ? ([size, size] as const) : size;
  if (!sides.every((side) => Number.isInteger(side) && side > 0)) {
    throw new ArgumentError(op, `size must be of positive integers, got [${sides.join(', ')}]`);
  }
  return sides;
}

import type { SampleInput } from '../record.ts';
import { type Direction, moved } from './direction.ts';

// In float64 truncation grows with the square of the step, rounding with its inverse: around 1, both stay below 1e-9.
const step = 1e-5;

/**
 * The central difference $(f(x + h v) - f(x - h v)) / 2h$ of a function of the inputs that gives numbers.
 *
 * @returns as many numbers as `f`
 */
export async function centralDifference(
  f: (inputs: readonly SampleInput[]) => Promise<readonly number[]>,
  inputs: readonly SampleInput[],
  direction: Direction,
): Promise<number[]> {
  const above = await f(moved(inputs, direction, step));
  const below = await f(moved(inputs, direction, -step));
  return above.map((value, i) => (value - below[i]) / (2 * step));
}

import { ArgumentError } from '@dl/kernels';

/**
 * Refuses a hyperparameter that is negative or no number.
 *
 * @throws {@link ArgumentError} naming it
 */
export function checkNotNegative(op: string, name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new ArgumentError(op, `${name} must be a number ≥ 0, got ${value}`);
}

/**
 * Refuses a decay rate outside [0, 1).
 *
 * @throws {@link ArgumentError} naming it
 */
export function checkRate(op: string, name: string, value: number): void {
  if (!(value >= 0 && value < 1)) throw new ArgumentError(op, `${name} must be in [0, 1), got ${value}`);
}

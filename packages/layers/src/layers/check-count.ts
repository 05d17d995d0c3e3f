import { ArgumentError } from '@dl/kernels';

/**
 * Refuses what counts nothing.
 *
 * @throws {@link ArgumentError} unless `value` is a positive integer
 */
export function checkCount(op: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new ArgumentError(op, `${name} must be a positive integer, got ${value}`);
}

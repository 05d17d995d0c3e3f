import { ArgumentError } from '@dl/kernels';

/**
 * Refuses an `eps` that is negative or no number.
 *
 * @throws {@link ArgumentError}
 */
export function checkEps(op: string, eps: number): void {
  if (!(eps >= 0)) throw new ArgumentError(op, `eps must not be negative, got ${eps}`);
}

import { ArgumentError } from '@dl/kernels';

/**
 * Refuses a share that is none.
 *
 * @throws {@link ArgumentError} unless `p` is in [0, 1]
 */
export function checkShare(op: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new ArgumentError(op, `p must be in [0, 1], got ${p}`);
}

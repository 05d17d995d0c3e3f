import { ArgumentError } from '@dl/kernels';

/** Refuses an index outside of [0, size). */
export function checkIndex(op: string, index: number, size: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= size) {
    throw new ArgumentError(op, `index must be an integer in [0, ${size}), got ${index}`);
  }
}

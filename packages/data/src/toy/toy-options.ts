import { ArgumentError } from '@dl/kernels';

/** What every toy set takes. */
export interface ToyOptions {
  /** How many points. Default 100. */
  readonly n?: number | undefined;
  /** Deviation of the normal noise that is added. Default: none, unless the set says otherwise. */
  readonly noise?: number | undefined;
  /** Equal seeds give equal points. Default 0. */
  readonly seed?: number | undefined;
}

/** Refuses a count that is no integer of at least `least`. */
export function checkCount(op: string, name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new ArgumentError(op, `${name} must be an integer of at least ${least}, got ${value}`);
  }
}

/** Refuses a deviation that is negative or not finite. */
export function checkDeviation(op: string, name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) {
    throw new ArgumentError(op, `${name} must be a finite number of at least 0, got ${value}`);
  }
}

import { ArgumentError, FormatError } from '@dl/kernels';

/** How much a small file may grow to when it is read. */
export interface UnpackOptions {
  /**
   * The most bytes that the file may unpack to, in its own element types. By default 1 GiB, or four times the file where that is more:
   * enough for any file but one of much that repeats itself, which is also what an attack looks like.
   */
  readonly maxBytes?: number | undefined;
}

/** Counts what is unpacked, before memory is taken for it. */
export interface ByteBudget {
  /** Takes `bytes`; `place` says in errors what for. */
  take(bytes: number, place: string): void;
}

/** A budget for a file of `fileBytes`. */
export function createBudget(op: string, { maxBytes }: UnpackOptions, fileBytes: number): ByteBudget {
  const limit = maxBytes ?? Math.max(2 ** 30, 4 * fileBytes);
  if (!(limit >= 0)) throw new ArgumentError(op, `maxBytes must be a non-negative number, got ${limit}`);
  let taken = 0;
  return {
    take(bytes, place) {
      taken += bytes;
      if (taken > limit)
        throw new FormatError(op, `a file may unpack to maxBytes = ${limit} at most, got ${taken} bytes (${place})`);
    },
  };
}

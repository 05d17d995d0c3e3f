import { inflate } from './inflate.ts';

/** Options of {@link gunzip}. */
export interface GunzipOptions {
  /** The most bytes that may come out: a few kilobytes can hold gigabytes. Default 2³⁰. */
  readonly maxBytes?: number | undefined;
}

/**
 * Inflates a gzip file, in Node and in browsers.
 *
 * @throws {@link FormatError} when it is corrupt or truncated, or inflates to more than `maxBytes`
 * @example
 * const empty = new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
 * (await gunzip(empty)).length // 0
 */
export function gunzip(bytes: Uint8Array<ArrayBuffer>, options: GunzipOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBytes = 2 ** 30 } = options;
  return inflate('gunzip', bytes, { format: 'gzip', what: 'a sound gzip file', maxBytes });
}

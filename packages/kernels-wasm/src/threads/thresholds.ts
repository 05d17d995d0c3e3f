/** Work that pays for threads, in nanoseconds that it takes one of them. */
export interface Thresholds {
  /** Of a kernel, while workers look out for work. */
  readonly sharing: number;
  /** Of a kernel, when workers have to be woken. */
  readonly waking: number;
  /** Of all kernels so far, when workers have to be started. */
  readonly starting: number;
  /** Of waiting for workers, less what they saved, after which the caller does without them for a while. */
  readonly bearable: number;
}

/** Telling costs half a microsecond, waking 12 to 25, starting a worker 24 to 54 milliseconds, of another core. */
export const usualThresholds: Thresholds = { sharing: 10_000, waking: 60_000, starting: 1_000_000, bearable: 200_000 };

import type { TextSink } from '@dl/train';

/** Where signals come from: `process`, or anything like it. */
export interface SignalSource {
  on(signal: 'SIGINT', listener: () => void): unknown;
  off(signal: 'SIGINT', listener: () => void): unknown;
}

/** What the program reads and writes besides files. */
export interface CliIo {
  /** Results. */
  readonly stdout: TextSink;
  /** Errors; with `--json`, everything that is no result. */
  readonly stderr: TextSink;
  /** For `NO_COLOR` and `FORCE_COLOR`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For Ctrl-C. */
  readonly signals: SignalSource;
}

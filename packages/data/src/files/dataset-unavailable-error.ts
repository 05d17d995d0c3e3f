import { DlError } from '@dl/kernels';

/** A dataset is neither on this machine nor to be had from elsewhere. A program may catch it and take another, such as drawn digits. */
export class DatasetUnavailableError extends DlError {
  /** Each place that was looked at, and why it would not do. */
  readonly tried: readonly string[];

  /**
   * @param op - the dataset
   * @param tried - each place that was looked at, and why it would not do
   * @param advice - what the user can do
   */
  constructor(op: string, tried: readonly string[], advice: string) {
    super(op, `the dataset must be found or downloaded, got ${tried.join('; ')} (${advice})`);
    this.tried = tried;
  }
}

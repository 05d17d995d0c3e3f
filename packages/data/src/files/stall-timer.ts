import { DlError } from '@dl/kernels';

/** Aborts its signal when nothing has happened for `ms`. */
export class StallTimer {
  readonly #controller = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
    this.restart();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something happened: the time runs anew. */
  restart(): void {
    this.stop();
    const stalled = (): void =>
      this.#controller.abort(new DlError('download', `the server must answer within ${this.#ms} ms, got nothing`));
    this.#timer = setTimeout(stalled, this.#ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

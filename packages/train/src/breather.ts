/**
 * Gives the event loop a turn now and then: a loop of awaits that are settled already would keep timers, signals, painting and finalisers
 * waiting until it ends.
 */
export class Breather {
  readonly #every: number;
  #last: number = performance.now();

  /** @param every - milliseconds between two turns, at least */
  constructor(every = 25) {
    this.#every = every;
  }

  /** Waits for one turn where it is time for one. */
  async rest(): Promise<void> {
    if (performance.now() - this.#last < this.#every) return;
    await new Promise<void>((resolve) => (typeof setImmediate === 'function' ? setImmediate(resolve) : setTimeout(resolve)));
    this.#last = performance.now();
  }
}

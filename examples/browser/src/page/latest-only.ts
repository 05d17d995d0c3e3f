/** Hands values to somebody who answers each, one at a time; of those that come meanwhile only the latest is handed over. */
export class LatestOnly<T> {
  readonly #hand: (value: T) => void;
  #isBusy = false;
  #next: { readonly value: T } | undefined;

  constructor(hand: (value: T) => void) {
    this.#hand = hand;
  }

  push(value: T): void {
    if (this.#isBusy) this.#next = { value };
    else {
      this.#isBusy = true;
      this.#hand(value);
    }
  }

  /** The value handed over last is answered. */
  answered(): void {
    this.#isBusy = false;
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) this.push(next.value);
  }
}

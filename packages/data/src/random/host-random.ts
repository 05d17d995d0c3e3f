import { ArgumentError, type Pair, philox4x32 } from '@dl/kernels';

/**
 * What random numbers are for. Each purpose has its own fourth counter word, so that one seed serves all of them;
 * 0 belongs to tensors.
 */
export const streams = {
  shuffle: 1,
  split: 2,
  trainDigits: 3,
  testDigits: 4,
  toy: 5,
  transform: 6,
  trainShapes: 7,
  testShapes: 8,
} as const;

/** A row of {@link streams}. */
export type Stream = (typeof streams)[keyof typeof streams];

/** Random numbers on the host: they depend on (seed, stream, epoch, index) alone, and are equal bits on every machine. */
export class HostRandom {
  readonly #key: Pair;
  readonly #stream: Stream;
  readonly #epoch: number;
  #index: number;
  #block = 0;
  #used = 4;
  readonly #words = new Uint32Array(4);

  /**
   * @param index - what the numbers are for: the item, or the epoch where they are for all items
   * @param epoch - of an item whose numbers change with it
   * @throws ArgumentError when seed or index is no non-negative integer
   */
  constructor(op: string, seed: number, stream: Stream, index: number, epoch = 0) {
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new ArgumentError(op, `seed must be a non-negative safe integer, got ${seed}`);
    this.#key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
    this.#stream = stream;
    this.#epoch = epoch;
    this.#index = index;
  }

  /** Goes to the beginning of another index's numbers. */
  restart(index: number): void {
    this.#index = index;
    this.#block = 0;
    this.#used = 4;
  }

  /** 32 random bits. */
  word(): number {
    if (this.#used === 4) {
      philox4x32(this.#key, [this.#block++, this.#index, this.#epoch, this.#stream], this.#words);
      this.#used = 0;
    }
    return this.#words[this.#used++];
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + this.word() * 2 ** -32 * (high - low);
  }

  /** Bell-shaped with mean 0 and deviation 1, at most 3.46: the sum of four uniform numbers, for want of a `log` that is equal everywhere. */
  bell(): number {
    return (this.word() + this.word() + this.word() + this.word()) * (2 ** -32 * Math.sqrt(3)) - 2 * Math.sqrt(3);
  }

  /** Normal with mean 0 and deviation 1 (Box & Muller, 1958). Its last bits are those of the machine's `log` and `cos`. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log((this.word() + 1) * 2 ** -32));
    return radius * Math.cos(this.uniform(0, 2 * Math.PI));
  }

  /** A uniform integer in [0, n): bits above the range are drawn again. */
  below(n: number): number {
    const mask = 0xffffffff >>> Math.clz32(n - 1 || 1);
    for (;;) {
      const value = (this.word() & mask) >>> 0;
      if (value < n) return value;
    }
  }
}

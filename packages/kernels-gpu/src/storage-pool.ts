import type { Storage } from './gpu-device.ts';

/** Bytes that may wait beside half of what was in use at most. */
const slack = 64 << 20;

/**
 * Memory that waits for its next use, by size: taking it from the system costs more than a small kernel. A loop finds what its last round
 * left; memory of sizes that come no more goes back to the system when others need room.
 */
export class StoragePool<S extends Storage> {
  readonly #destroy: (storage: S) => void;
  readonly #waiting = new Map<number | string, S[]>();
  #reservedBytes = 0;
  #waitingBytes = 0;
  #peakBytes = 0;

  constructor(destroy: (storage: S) => void) {
    this.#destroy = destroy;
  }

  /** Bytes taken from the system, in use or waiting. */
  get reservedBytes(): number {
    return this.#reservedBytes;
  }

  /** Memory of a size: what was given back, else what `create` makes. */
  take(size: number | string, create: () => S): S {
    const storage = this.#waiting.get(size)?.pop() ?? this.#made(create);
    this.#waitingBytes -= storage.bytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#reservedBytes - this.#waitingBytes);
    return storage;
  }

  give(storage: S): void {
    const list = this.#waiting.get(storage.size);
    if (list === undefined) this.#waiting.set(storage.size, [storage]);
    else list.push(storage);
    this.#waitingBytes += storage.bytes;
  }

  /** Gives what waits back to the system. */
  clear(): void {
    this.#shrinkTo(0);
  }

  #made(create: () => S): S {
    this.#shrinkTo(this.#peakBytes / 2 + slack);
    const made = create();
    this.#reservedBytes += made.bytes;
    this.#waitingBytes += made.bytes;
    return made;
  }

  #shrinkTo(bytes: number): void {
    if (this.#waitingBytes <= bytes) return;
    for (const [size, list] of this.#waiting) {
      for (let storage = list.pop(); storage !== undefined; storage = list.pop()) {
        this.#waitingBytes -= storage.bytes;
        this.#reservedBytes -= storage.bytes;
        this.#destroy(storage);
        if (this.#waitingBytes <= bytes) return;
      }
      this.#waiting.delete(size);
    }
  }
}

/** The least of 1, 2, 3, 4, 6, 8, 12, 16 … that is not below `texels`: at most a third is wasted. */
export function sizeClass(texels: number): number {
  let size = 1;
  while (size < texels) size *= 2;
  const between = (size / 4) * 3;
  return Number.isInteger(between) && between >= texels ? between : size;
}

import type { Storage } from './gpu-device.ts';

/** Memory that waits for its next use, by size: taking it from the system costs more than a small kernel. */
export class StoragePool<S extends Storage> {
  readonly #destroy: (storage: S) => void;
  readonly #waiting = new Map<number | string, S[]>();
  #reservedBytes = 0;
  #waitingBytes = 0;

  constructor(destroy: (storage: S) => void) {
    this.#destroy = destroy;
  }

  /** Bytes taken from the system, in use or waiting. */
  get reservedBytes(): number {
    return this.#reservedBytes;
  }

  /** Memory of a size: what was given back, else what `create` makes. */
  take(size: number | string, create: () => S): S {
    const waiting = this.#waiting.get(size)?.pop();
    if (waiting !== undefined) {
      this.#waitingBytes -= waiting.bytes;
      return waiting;
    }
    const made = create();
    this.#reservedBytes += made.bytes;
    return made;
  }

  /** Takes memory back. What waits never exceeds what is in use by more than {@link slack}: shapes that come no more must not stay. */
  give(storage: S): void {
    const { bytes } = storage;
    const inUse = this.#reservedBytes - this.#waitingBytes - bytes;
    if (this.#waitingBytes + bytes > inUse + slack) {
      this.#reservedBytes -= bytes;
      this.#destroy(storage);
      return;
    }
    const list = this.#waiting.get(storage.size);
    if (list === undefined) this.#waiting.set(storage.size, [storage]);
    else list.push(storage);
    this.#waitingBytes += bytes;
  }

  /** Gives what waits back to the system. */
  clear(): void {
    for (const list of this.#waiting.values()) for (const storage of list) this.#destroy(storage);
    this.#waiting.clear();
    this.#reservedBytes -= this.#waitingBytes;
    this.#waitingBytes = 0;
  }
}

/** Bytes that may wait while nothing is in use. */
const slack = 256 << 20;

/** The least of 1, 2, 3, 4, 6, 8, 12, 16 … that is not below `texels`: at most a third is wasted. */
export function sizeClass(texels: number): number {
  let size = 1;
  while (size < texels) size *= 2;
  const between = (size / 4) * 3;
  return Number.isInteger(between) && between >= texels ? between : size;
}

import { cast, concat, reshape, type Tensor } from '@dl/tensor';
import { measure } from './measure.ts';

/** Numbers that are computed on the device one by one, and read back all at once. */
export class Readings {
  readonly #waiting: Tensor[] = [];

  /** Keeps a tensor of one element, and says which number it will be. */
  add(fn: () => Tensor): number {
    this.#waiting.push(measure(() => reshape(cast(fn(), 'float32'), [1])));
    return this.#waiting.length - 1;
  }

  /** All numbers, in their order; it is empty then. */
  async read(): Promise<Float32Array> {
    if (this.#waiting.length === 0) return new Float32Array();
    const joined = measure(() => concat(this.#waiting));
    this.dispose();
    try {
      return Float32Array.from(await joined.data());
    } finally {
      joined.dispose();
    }
  }

  /** Frees what waits. */
  dispose(): void {
    for (const value of this.#waiting) value.dispose();
    this.#waiting.length = 0;
  }
}

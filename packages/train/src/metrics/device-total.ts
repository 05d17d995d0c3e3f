import { add, keep, runScope, type Tensor, withoutRecording } from '@dl/tensor';

/** A sum that stays on the device: the accumulator of metrics. */
export class DeviceTotal {
  #total: Tensor | undefined;

  /** Adds what `fn` computes; the rest of what it makes is freed, and no tape sees it. */
  add(fn: () => Tensor): void {
    const last = this.#total;
    this.#total = withoutRecording(() =>
      keep(
        runScope('metric', () => {
          const share = fn();
          return last === undefined ? share : add(last, share);
        }),
      ),
    );
    last?.dispose();
  }

  /** The sum; undefined before the first addition. */
  async read(): Promise<Float64Array | undefined> {
    return this.#total && Float64Array.from(await this.#total.data());
  }

  /** Back to nothing. */
  reset(): void {
    this.#total?.dispose();
    this.#total = undefined;
  }
}

import { keep, runScope, type Tensor, withoutRecording } from '@dl/tensor';

/** Tensors of all batches, kept on the device: what a metric that must see every sample at once gathers. */
export class DeviceRows<Name extends string> {
  readonly #batches: Readonly<Record<Name, Tensor>>[] = [];

  /** Keeps what `fn` makes, which must be nobody else's; the rest of what it makes is freed, and no tape sees it. */
  add(fn: () => Readonly<Record<Name, Tensor>>): void {
    const batch = withoutRecording(() => runScope('metric', fn));
    for (const tensor of Object.values<Tensor>(batch)) keep(tensor);
    this.#batches.push(batch);
  }

  /** Batch by batch. */
  get batches(): readonly Readonly<Record<Name, Tensor>>[] {
    return this.#batches;
  }

  /** The numbers of one name, batch after batch. */
  async read(name: Name): Promise<Float64Array> {
    const parts: ArrayLike<number>[] = [];
    for (const batch of this.#batches) parts.push(await batch[name].data());
    const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
    let begin = 0;
    for (const part of parts) {
      all.set(part, begin);
      begin += part.length;
    }
    return all;
  }

  /** Back to nothing. */
  reset(): void {
    for (const batch of this.#batches.splice(0)) for (const tensor of Object.values<Tensor>(batch)) tensor.dispose();
  }
}

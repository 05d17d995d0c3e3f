import type { HostTensor } from '@dl/kernels';
import { keep, runScope, Tensor, withoutRecording } from '@dl/tensor';
import { joinRows } from '../join-rows.ts';
import type { MetricState } from './metric.ts';
import { tensorOf } from './metric-state.ts';

/** Tensors of all batches, kept on the device: what a metric that must see every sample at once gathers. */
export class DeviceRows<Name extends string> {
  readonly #names: readonly Name[];
  /** On the host after a restore. */
  readonly #batches: Readonly<Record<Name, Tensor | HostTensor>>[] = [];

  constructor(names: readonly Name[]) {
    this.#names = names;
  }

  /** The shape that the tensors of one name had first; undefined before the first batch. */
  shapeOf(name: Name): readonly number[] | undefined {
    return this.#batches[0]?.[name].shape;
  }

  /** Keeps what `fn` makes, which must be nobody else's; the rest of what it makes is freed, and no tape sees it. */
  add(fn: () => Readonly<Record<Name, Tensor>>): void {
    const batch = withoutRecording(() => runScope('metric', fn));
    for (const name of this.#names) keep(batch[name]);
    this.#batches.push(batch);
  }

  /** The rows of one name, batch after batch; undefined before the first. */
  async read(name: Name): Promise<HostTensor | undefined> {
    const parts: HostTensor[] = [];
    for (const { [name]: part } of this.#batches)
      parts.push(part instanceof Tensor ? { shape: part.shape, dtype: part.dtype, data: await part.data() } : part);
    return parts.length === 0 ? undefined : joinRows('metric', parts);
  }

  /** Back to nothing. */
  reset(): void {
    for (const batch of this.#batches.splice(0)) {
      for (const name of this.#names) {
        const part = batch[name];
        if (part instanceof Tensor) part.dispose();
      }
    }
  }

  /** All rows, to save. */
  async state(): Promise<MetricState> {
    const entries: [string, HostTensor | undefined][] = [];
    for (const name of this.#names) entries.push([name, await this.read(name)]);
    return Object.fromEntries(entries);
  }

  /** Takes over what {@link DeviceRows.state} gave, on behalf of a metric. */
  restore(op: string, state: MetricState): void {
    const parts = this.#names.map((name) => [name, tensorOf(op, state, name)] as const);
    this.reset();
    if (parts.every(([, part]) => part !== undefined))
      this.#batches.push(Object.fromEntries(parts) as Readonly<Record<Name, HostTensor>>);
  }
}

import type { HostTensor } from '@dl/kernels';
import { add, keep, runScope, Tensor, tensor, withoutRecording } from '@dl/tensor';

/** A sum that stays on the device: the accumulator of metrics. */
export class DeviceTotal {
  /** On the host after a restore, until the next addition says which backend it belongs to. */
  #total: Tensor | HostTensor | undefined;

  /** Adds what `fn` computes; the rest of what it makes is freed, and no tape sees it. */
  add(fn: () => Tensor): void {
    const last = this.#total;
    this.#total = withoutRecording(() =>
      keep(
        runScope('metric', () => {
          const share = fn();
          return last === undefined ? share : add(onDevice(last, share), share);
        }),
      ),
    );
    if (last instanceof Tensor) last.dispose();
  }

  /** The sum; undefined before the first addition. */
  async read(): Promise<Float64Array | undefined> {
    const total = await this.state();
    return total && Float64Array.from(total.data);
  }

  /** Back to nothing. */
  reset(): void {
    if (this.#total instanceof Tensor) this.#total.dispose();
    this.#total = undefined;
  }

  /** The sum as it is, to save. */
  async state(): Promise<HostTensor | undefined> {
    const total = this.#total;
    if (!(total instanceof Tensor)) return total;
    return { shape: total.shape, dtype: total.dtype, data: await total.data() };
  }

  /** Takes over what {@link DeviceTotal.state} gave. */
  restore(state: HostTensor | undefined): void {
    this.reset();
    this.#total = state;
  }
}

function onDevice(total: Tensor | HostTensor, { backend }: Tensor): Tensor {
  return total instanceof Tensor ? total : tensor(total.data, { shape: total.shape, dtype: total.dtype, backend });
}

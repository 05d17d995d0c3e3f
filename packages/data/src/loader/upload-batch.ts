import type { Backend, HostTensor } from '@dl/kernels';
import { keep, type Tensor, tensor } from '@dl/tensor';
import { isHostTensor } from './stack-samples.ts';

/** A collated batch as the loop sees it: arrays became tensors, anything else is handed through. */
export type Batch<H> = { readonly [K in keyof H]: H[K] extends HostTensor ? Tensor : H[K] };

/** A batch on the host with its arrays as tensors, which are also put into `made`. */
export function uploadBatch<H>(host: unknown, backend: Backend | undefined, made: Tensor[]): Batch<H> {
  const fields = Object.entries(host as Record<string, unknown>).map(([name, value]) => {
    if (!isHostTensor(value)) return [name, value];
    const uploaded = keep(tensor(value.data, { shape: value.shape, dtype: value.dtype, backend }));
    made.push(uploaded);
    return [name, uploaded];
  });
  return Object.fromEntries(fields) as Batch<H>;
}

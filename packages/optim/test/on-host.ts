import type { HostTensor } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import type { Hyper, OptimizerStateDict } from '../src/index.ts';

/** A state dict as it comes back from a file. */
export async function onHost<H extends Hyper>(dict: OptimizerStateDict<H, Tensor | number>): Promise<OptimizerStateDict<H>> {
  const state = new Map<string, HostTensor | number>();
  for (const [key, entry] of dict.state) {
    state.set(key, typeof entry === 'number' ? entry : { shape: entry.shape, dtype: entry.dtype, data: await entry.data() });
  }
  return { ...dict, state };
}

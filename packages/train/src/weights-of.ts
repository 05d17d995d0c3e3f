import type { HostTensor } from '@dl/kernels';
import { type Module, stateDict } from '@dl/layers';

/** The state dict of a model, read back. */
export async function weightsOf(model: Module): Promise<Map<string, HostTensor>> {
  const entries = [...stateDict(model)].map(async ([name, parameter]) => {
    const { shape, dtype } = parameter;
    return [name, { shape, dtype, data: await parameter.data() }] as const;
  });
  return new Map(await Promise.all(entries));
}

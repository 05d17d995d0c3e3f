import type { HostTensor } from '@dl/kernels';

/** What a key of a Python dict is read as. */
export type PthKey = string | number | bigint | boolean | null;

/**
 * What a file of `torch.save` holds, as plain data: dicts (`OrderedDict` and `Counter` too) are Maps, lists, tuples and `torch.Size`
 * arrays, `bytes` a `Uint8Array`, tensors and parameters a {@link HostTensor}, `None` null, integers past the safe ones bigints,
 * and a `torch.device` or dtype its text: `'cuda:0'`, `'torch.float32'`.
 */
export type PthValue = PthKey | Uint8Array | HostTensor | PthValue[] | Map<PthKey, PthValue>;

/** Whether `value` is a tensor: the one object that is no array, no Map and no bytes. */
export function isTensor(value: PthValue): value is HostTensor {
  return typeof value === 'object' && value !== null && 'dtype' in value;
}

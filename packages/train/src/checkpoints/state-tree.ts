import { ArgumentError, type HostTensor } from '@dl/kernels';
import { Tensor } from '@dl/tensor';

/** What a state is made of: JSON, all numbers, maps by name, and tensors on the host. */
export type StateTree =
  | null
  | boolean
  | number
  | string
  | HostTensor
  | readonly StateTree[]
  | ReadonlyMap<string, StateTree>
  | { readonly [name: string]: StateTree | undefined };

/**
 * A state with its tensors read back.
 *
 * @param place - what the message names: `optimizer`
 * @throws {@link ArgumentError} for what is not data: a function, an instance of a class
 */
export async function toHost(value: unknown, place: string): Promise<StateTree> {
  if (value instanceof Tensor) return { shape: value.shape, dtype: value.dtype, data: await value.data() };
  if (isLeaf(value)) return value;
  if (Array.isArray(value)) return Promise.all(value.map((item, i) => toHost(item, `${place}/${i}`)));
  if (value instanceof Map) return new Map(await entriesToHost([...value], place));
  if (isPlain(value)) return Object.fromEntries(await entriesToHost(Object.entries(value), place));
  throw new ArgumentError('fit', `the state to keep must be plain data and tensors, got ${typeof value} (${place})`);
}

/** Whether it is an array of elements for a tensor. */
export function isHostTensor(value: unknown): value is HostTensor {
  return isPlain(value) && 'shape' in value && 'dtype' in value && 'data' in value && ArrayBuffer.isView(value.data);
}

/** Whether it is what a literal makes, and no instance of a class. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isLeaf(value: unknown): value is null | boolean | number | string | HostTensor {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value) || isHostTensor(value);
}

function entriesToHost(entries: readonly (readonly [string, unknown])[], place: string): Promise<[string, StateTree][]> {
  const known = entries.filter(([, value]) => value !== undefined);
  return Promise.all(known.map(async ([name, value]) => [name, await toHost(value, `${place}/${name}`)]));
}

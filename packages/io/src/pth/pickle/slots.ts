import type { HostTensor } from '@dl/kernels';
import type { ElementName } from '../../elements/element-types.ts';
import type { PthKey } from '../value.ts';
import type { PickleMachine } from './machine.ts';

/** A Python callable that stands for a rule of this reader: nothing of Python ever runs. */
export class Callable {
  /** `torch._utils._rebuild_tensor_v2` */
  readonly name: string;
  readonly call: (machine: PickleMachine, args: readonly Slot[]) => Slot;

  constructor(name: string, call: (machine: PickleMachine, args: readonly Slot[]) => Slot) {
    this.name = name;
    this.call = call;
  }
}

/** The class of a storage, `torch.FloatStorage`. */
export class StorageType {
  readonly name: string;
  readonly element: ElementName;

  constructor(name: string, element: ElementName) {
    this.name = name;
    this.element = element;
  }
}

/** The memory of one tensor or several, which the file holds elsewhere. */
export class Storage {
  readonly key: string;
  readonly element: ElementName;
  /** In elements. */
  readonly length: number;

  constructor(key: string, element: ElementName, length: number) {
    this.key = key;
    this.element = element;
    this.length = length;
  }
}

/** What may lie on the stack of the machine: data, and what only calls take. */
export type Slot = PthKey | Uint8Array | HostTensor | Slot[] | Map<PthKey, Slot> | Callable | StorageType | Storage;

/** What errors call a value. */
export function kindOf(value: Slot): string {
  if (value === null) return 'None';
  if (typeof value !== 'object') return typeof value;
  if (value instanceof Callable || value instanceof StorageType) return value.name;
  if (value instanceof Storage) return 'a storage';
  if (value instanceof Map) return 'a dict';
  if (value instanceof Uint8Array) return 'bytes';
  return Array.isArray(value) ? 'a list or tuple' : 'a tensor';
}

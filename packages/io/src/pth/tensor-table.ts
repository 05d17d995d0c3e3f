import { createTypedArray, formatShape, type HostTensor, type Shape, type TypedArray } from '@dl/kernels';
import { byteLength } from '../elements/byte-length.ts';
import { elementTypes } from '../elements/element-types.ts';
import { gatherElements, type Layout } from '../elements/gather-elements.ts';
import { swapBytes } from '../elements/swap-bytes.ts';
import type { ByteBudget } from '../zip/byte-budget.ts';
import type { PickleMachine } from './pickle/machine.ts';
import { kindOf, type Slot, Storage, StorageType } from './pickle/slots.ts';

interface Pending {
  readonly tensor: HostTensor & { data: TypedArray };
  readonly layout: Layout;
  readonly place: string;
}

/** PyTorch's own limit. */
const maxRank = 64;

/** The tensors of a file: their pickles come first and say where their elements lie, their storages follow. */
export class TensorTable {
  /** By key, in the order in which the pickle names them. */
  readonly storages: Map<string, Storage> = new Map();
  readonly #pending: Map<Storage, Pending[]> = new Map();
  /** For whatever a pickle makes that its own bytes do not bound. */
  readonly budget: ByteBudget;

  constructor(budget: ByteBudget) {
    this.budget = budget;
  }

  /** The storage that a persistent id names: `('storage', torch.FloatStorage, key, location, length)` and, in old files, a view. */
  storage(machine: PickleMachine, id: Slot): Storage {
    const [kind, type, key, , length, view = null] = Array.isArray(id) ? id : [];
    if (kind !== 'storage' || !(type instanceof StorageType) || typeof key !== 'string' || !isCount(length)) {
      throw machine.error(`persistent ids must be ('storage', type, key, location, length), got ${shownTuple(id)}`);
    }
    if (view !== null) throw machine.error(`storages must be whole, got a view of one ('${key}')`);
    const known = this.storages.get(key);
    if (known === undefined) {
      const storage = new Storage(key, type.element, length);
      this.storages.set(key, storage);
      this.#pending.set(storage, []);
      return storage;
    }
    if (known.element !== type.element || known.length !== length) {
      throw machine.error(
        `a storage must be the same wherever it is named, got ${known.element} [${known.length}] and ${type.element} [${length}] ('${key}')`,
      );
    }
    return known;
  }

  /** `_rebuild_tensor(storage, offset, shape, strides, …)`: a tensor whose elements {@link TensorTable.fill} brings. */
  rebuild(machine: PickleMachine, args: readonly Slot[]): HostTensor {
    const [storage, offset, shape, strides] = args;
    if (!(storage instanceof Storage) || !isCount(offset) || !isCounts(shape) || !isCounts(strides)) {
      const shown = args.slice(0, 4).map(kindOf).join(', ');
      throw machine.error(
        `tensors must have a storage, an offset, a shape and strides of at most ${maxRank} axes, got (${shown})`,
      );
    }
    if (shape.length !== strides.length) {
      throw machine.error(`tensors must have a stride for each axis, got ${strides.length} for ${shape.length}`);
    }
    checkRange(machine, storage, { offset, shape, strides });
    const place = `storage '${storage.key}', ${formatShape(shape)}`;
    const bytes = byteLength(shape, elementTypes[storage.element].bytes);
    this.budget.take(bytes ?? Number.POSITIVE_INFINITY, place);
    const { dtype } = elementTypes[storage.element];
    const tensor = { shape: [...shape], dtype, data: createTypedArray(dtype, 0) };
    this.#pending.get(storage)?.push({ tensor, layout: { offset, shape, strides }, place });
    return tensor;
  }

  /** Gives the tensors of a storage their elements, each its own copy. */
  fill(op: string, storage: Storage, bytes: Uint8Array, bigEndian = false): void {
    const { bytes: width, decode } = elementTypes[storage.element];
    for (const { tensor, layout, place } of this.#pending.get(storage) ?? []) {
      const buffer = gatherElements(bytes, width, layout);
      if (bigEndian) swapBytes(buffer, width);
      tensor.data = decode(buffer, op, place);
    }
  }
}

function checkRange(machine: PickleMachine, storage: Storage, { offset, shape, strides }: Layout): void {
  const isEmpty = shape.includes(0);
  const last = shape.reduce((sum, extent, axis) => sum + (extent - 1) * strides[axis], offset);
  if (isEmpty ? offset > storage.length : !(last < storage.length)) {
    throw machine.error(
      `tensors must lie in their storage, got element ${isEmpty ? offset : last} of ${storage.length} ` +
        `(${formatShape(shape)}, strides ${formatShape(strides)}, storage '${storage.key}')`,
    );
  }
}

function isCount(value: Slot | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCounts(value: Slot | undefined): value is number[] & Shape {
  return Array.isArray(value) && value.length <= maxRank && value.every(isCount);
}

function shownTuple(value: Slot): string {
  return Array.isArray(value) ? `(${value.slice(0, 8).map(kindOf).join(', ')})` : kindOf(value);
}

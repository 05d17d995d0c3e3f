import { FormatError } from '@dl/kernels';
import { elementTypes } from '../elements/element-types.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { PickleMachine } from './pickle/machine.ts';
import { PickleReader } from './pickle/reader.ts';
import type { Slot } from './pickle/slots.ts';
import type { TensorTable } from './tensor-table.ts';

/** `MAGIC_NUMBER` of torch/serialization.py. */
const magic = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;

/**
 * The format before PyTorch 1.6: pickles of a magic number, a version, the machine, the value, and the keys of the storages, then for each
 * key a 64-bit length and the elements, little-endian on every machine.
 */
export async function readLegacy(op: string, file: ByteSource, table: TensorTable): Promise<Slot> {
  const bytes = await file.read(0, file.size);
  const reader = new PickleReader(op, 'the file', bytes, 0);
  const next = (): Slot => new PickleMachine(reader, table).run();
  expectValue(op, 'the magic number of torch.save', next(), magic);
  expectValue(op, 'the version', next(), protocol);
  next();
  const value = next();
  const at = reader.at;
  const keys = next();
  if (!Array.isArray(keys) || keys.length !== table.storages.size || new Set(keys).size !== keys.length) {
    throw reader.error(`the list of storages must name each of ${table.storages.size} once, got another`, at);
  }
  for (const key of keys) {
    const storage = typeof key === 'string' ? table.storages.get(key) : undefined;
    if (storage === undefined) throw reader.error('the list of storages must name those of the tensors, got another', at);
    const length = reader.uint64();
    if (length !== storage.length) {
      throw reader.error(
        `storages must have their length, got ${length} and ${storage.length} (storage '${storage.key}')`,
        reader.at - 8,
      );
    }
    table.fill(op, storage, reader.bytes(length * elementTypes[storage.element].bytes));
  }
  if (reader.left > 0) throw reader.error(`a file must end with its storages, got ${reader.left} bytes more`);
  return value;
}

function expectValue(op: string, what: string, got: Slot, wanted: number | bigint): void {
  if (got !== wanted)
    throw new FormatError(
      op,
      `${what} must be ${wanted}, got ${typeof got === 'object' ? 'another value' : String(got).slice(0, 80)}`,
    );
}

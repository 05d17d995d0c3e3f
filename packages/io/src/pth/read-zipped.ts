import { FormatError } from '@dl/kernels';
import { elementTypes } from '../elements/element-types.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { readZipDirectory, type ZipMember } from '../zip/directory.ts';
import { readMember } from '../zip/read-member.ts';
import { PickleMachine } from './pickle/machine.ts';
import { PickleReader } from './pickle/reader.ts';
import type { Slot } from './pickle/slots.ts';
import type { TensorTable } from './tensor-table.ts';

/** What is in a pickle is not elements: this is a million names of parameters. */
const maxPickleBytes = 2 ** 26;

/** The zip format: `archive/data.pkl`, and a member `archive/data/KEY` for each storage. */
export async function readZipped(op: string, file: ByteSource, table: TensorTable): Promise<Slot> {
  const members = await readZipDirectory(op, file);
  const folder = [...members.keys()].find((name) => /^[^/]+\/data\.pkl$/.test(name))?.replace(/data\.pkl$/, '');
  const pickle = members.get(`${folder}data.pkl`);
  if (folder === undefined || pickle === undefined) {
    throw new FormatError(op, `an archive must have a member data.pkl in a folder, got ${shownNames(members)}`);
  }
  if (members.has(`${folder}constants.pkl`)) {
    throw new FormatError(op, 'an archive must be one of torch.save, got TorchScript (save the state_dict of the model)');
  }
  if (pickle.bytes > maxPickleBytes) {
    throw new FormatError(op, `pickles must have at most ${maxPickleBytes} bytes, got ${pickle.bytes} (member '${pickle.name}')`);
  }
  const bigEndian = await isBigEndian(op, file, members.get(`${folder}byteorder`));
  const reader = new PickleReader(op, pickle.name, await readMember(op, file, pickle), 0);
  const value = new PickleMachine(reader, table).run();
  for (const storage of table.storages.values()) {
    const member = members.get(`${folder}data/${storage.key}`);
    const needed = storage.length * elementTypes[storage.element].bytes;
    if (member?.bytes !== needed) {
      const got = member === undefined ? 'none' : `${member.bytes} bytes and a need of ${needed}`;
      throw new FormatError(op, `storages must be members of the archive and fill them, got ${got} (storage '${storage.key}')`);
    }
    // Torch stores and never deflates; what a deflated member grows to is bounded by nothing else.
    if (member.isDeflated) table.budget.take(needed, `storage '${storage.key}'`);
    table.fill(op, storage, await readMember(op, file, member), bigEndian);
  }
  return value;
}

/** PyTorch 2.1 and later say the order; before, it was the machine's, and machines were little-endian. */
async function isBigEndian(op: string, file: ByteSource, member: ZipMember | undefined): Promise<boolean> {
  if (member === undefined) return false;
  const order = member.bytes > 8 ? undefined : new TextDecoder().decode(await readMember(op, file, member));
  if (order !== 'little' && order !== 'big')
    throw new FormatError(op, `byteorder must be little or big, got ${JSON.stringify(order)}`);
  return order === 'big';
}

function shownNames(members: ReadonlyMap<string, ZipMember>): string {
  const names = [...members.keys()].slice(0, 8).map((name) => JSON.stringify(name.slice(0, 80)));
  return names.length === 0 ? 'none' : `${names.join(', ')}${members.size > names.length ? ', …' : ''}`;
}

import { FormatError } from '@dl/kernels';
import { crc32 } from './crc32.ts';
import { inflate } from './inflate.ts';
import { readZipDirectory, type ZipMember } from './zip-directory.ts';

/** Options of {@link unzip}. */
export interface UnzipOptions {
  /** Which members are wanted, by their names in the archive. Default: all files. */
  readonly filter?: ((name: string) => boolean) | undefined;
  /** The most bytes that they may have together. Default 2³⁰. */
  readonly maxBytes?: number | undefined;
}

const op = 'unzip';
const headerSignature = 0x04034b50;
const headerBytes = 30;

/**
 * Unpacks a zip archive, in Node and in browsers. Nothing is believed: names that lead out of the archive or come twice, links, sizes
 * and sums that are not so, and more bytes than `maxBytes` are refused, sizes before memory is taken.
 *
 * @returns the bytes of each file by its name, in the order of the archive
 * @throws {@link FormatError} when it is not sound, or too big
 * @example
 * const empty = new Uint8Array([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]);
 * (await unzip(empty)).size // 0
 */
export async function unzip(
  archive: Uint8Array<ArrayBuffer>,
  { filter = () => true, maxBytes = 2 ** 30 }: UnzipOptions = {},
): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const members = readZipDirectory(op, archive).filter(({ name }) => !name.endsWith('/') && filter(name));
  const total = members.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > maxBytes)
    throw new FormatError(op, `members must have at most ${maxBytes} bytes, got ${total} in ${members.length}`);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const member of members) files.set(member.name, await unpack(archive, member));
  return files;
}

async function unpack(archive: Uint8Array<ArrayBuffer>, member: ZipMember): Promise<Uint8Array<ArrayBuffer>> {
  const { name, begin, packedBytes, bytes } = member;
  if (member.isLink || member.isEncrypted) {
    throw new FormatError(op, `members must be plain files, got ${member.isLink ? 'a link' : 'an encrypted one'} (${name})`);
  }
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  if (begin + headerBytes > archive.length || view.getUint32(begin, true) !== headerSignature) {
    throw new FormatError(op, `members must begin with their header, got other bytes at ${begin} (${name})`);
  }
  const from = begin + headerBytes + view.getUint16(begin + 26, true) + view.getUint16(begin + 28, true);
  if (from + packedBytes > archive.length) {
    throw new FormatError(
      op,
      `members must lie in the archive, got an end at ${from + packedBytes} of ${archive.length} (${name})`,
    );
  }
  const packed = archive.subarray(from, from + packedBytes);
  const rule = { format: 'deflate-raw', what: `sound deflated data of ${name}`, maxBytes: bytes } as const;
  const file = member.isDeflated ? await inflate(op, packed, rule) : packed.slice();
  if (file.length !== bytes || crc32(file) !== member.crc) {
    const got = file.length === bytes ? 'another sum' : `${file.length} bytes`;
    throw new FormatError(op, `members must have the size and CRC-32 that they declare, ${bytes} bytes, got ${got} (${name})`);
  }
  return file;
}

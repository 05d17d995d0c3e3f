import { FormatError } from '@dl/kernels';
import type { ByteSource } from '../files/byte-source.ts';
import { crc32 } from './crc32.ts';
import type { ZipMember } from './directory.ts';
import { inflate } from './inflate.ts';

const headerSignature = 0x04034b50;
const headerBytes = 30;

/** Reads and unpacks one member, and checks its length and sum. Whoever calls has found its size acceptable. */
export async function readMember(op: string, source: ByteSource, member: ZipMember): Promise<Uint8Array<ArrayBuffer>> {
  const { name, begin, packedBytes } = member;
  const place = `member '${name}'`;
  const dataEnd = (dataBegin: number): number => {
    const end = dataBegin + packedBytes;
    if (end > source.size) {
      throw new FormatError(op, `zip members must lie in their file, got an end at ${end} of ${source.size} bytes (${place})`);
    }
    return end;
  };
  dataEnd(begin + headerBytes);
  const header = new DataView((await source.read(begin, begin + headerBytes)).buffer);
  if (header.getUint32(0, true) !== headerSignature) {
    throw new FormatError(op, `zip members must begin with their header, got other bytes at ${begin} (${place})`);
  }
  const dataBegin = begin + headerBytes + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = await source.read(dataBegin, dataEnd(dataBegin));
  const bytes = member.isDeflated ? inflate(op, place, packed, member.bytes) : packed;
  const sum = crc32(bytes);
  if (sum !== member.crc) {
    throw new FormatError(op, `zip members must have their CRC-32, got ${hex(sum)} and not ${hex(member.crc)} (${place})`);
  }
  return bytes;
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, '0');
}

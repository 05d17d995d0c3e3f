import { FormatError } from '@dl/kernels';
import type { ByteSource } from '../files/byte-source.ts';

/** A member of an archive, as its directory describes it. */
export interface ZipMember {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of its local header. */
  readonly begin: number;
}

interface Directory {
  readonly begin: number;
  readonly end: number;
  readonly count: number;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const rowSignature = 0x02014b50;
const endBytes = 22;
const locatorBytes = 20;
const end64Bytes = 56;
const rowBytes = 46;
const unix = 3;
const linkMode = 0xa000;
const maxCommentBytes = 0xffff;

/**
 * Reads the directory at the end of a zip archive, zip64 too. Own code, since libraries want the archive whole and in memory, and check
 * neither sums nor sizes. Names are unique and otherwise any text: whoever takes them for paths checks them.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZipDirectory(op: string, source: ByteSource): Promise<ReadonlyMap<string, ZipMember>> {
  const { begin, end, count } = await findDirectory(op, source);
  const bytes = await source.read(begin, end);
  const view = new DataView(bytes.buffer);
  const members = new Map<string, ZipMember>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + rowBytes > bytes.length || view.getUint32(at, true) !== rowSignature) {
      throw new FormatError(op, `the zip directory must have ${count} members, got ${i} and other bytes`);
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const next = at + rowBytes + nameBytes + extraBytes + commentBytes;
    if (next > bytes.length) throw new FormatError(op, `the zip directory must hold its members, got an end in number ${i}`);
    const name = memberName(op, bytes.subarray(at + rowBytes, at + rowBytes + nameBytes));
    if (members.has(name)) throw new FormatError(op, `zip members must have names of their own, got '${name}' twice`);
    const extra = bytes.subarray(at + rowBytes + nameBytes, at + rowBytes + nameBytes + extraBytes);
    members.set(name, parseRow(op, name, new DataView(bytes.buffer, at, rowBytes), extra));
    at = next;
  }
  if (at !== bytes.length)
    throw new FormatError(op, `the zip directory must have ${count} members, got ${bytes.length - at} bytes more`);
  return members;
}

async function findDirectory(op: string, source: ByteSource): Promise<Directory> {
  const tailBegin = Math.max(0, source.size - endBytes - maxCommentBytes);
  const tail = await source.read(tailBegin, source.size);
  const view = new DataView(tail.buffer);
  let at = tail.length - endBytes;
  while (at >= 0 && !(view.getUint32(at, true) === endSignature && at + endBytes + view.getUint16(at + 20, true) === tail.length))
    at--;
  if (at < 0) throw new FormatError(op, `a zip archive ends with its directory, got none in ${source.size} bytes (truncated?)`);
  const disks = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
  const end = tailBegin + at;
  if (end >= locatorBytes) {
    const locator = new DataView((await source.read(end - locatorBytes, end)).buffer);
    if (locator.getUint32(0, true) === locator64Signature) return findDirectory64(op, source, locator, end - locatorBytes);
  }
  if (disks.some((disk) => disk !== 0))
    throw new FormatError(op, `a zip archive must be one file, got parts [${disks.join(', ')}]`);
  const [size, begin] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  return checkDirectory(op, { begin, end: begin + size, count: view.getUint16(at + 10, true) }, end);
}

async function findDirectory64(op: string, source: ByteSource, locator: DataView, locatorBegin: number): Promise<Directory> {
  const at = readUint64(op, locator, 8);
  if (at + end64Bytes > locatorBegin) throw new FormatError(op, `a zip directory must lie in its file, got its end at ${at}`);
  const view = new DataView((await source.read(at, at + end64Bytes)).buffer);
  if (view.getUint32(0, true) !== end64Signature) {
    throw new FormatError(op, `a zip64 archive ends with its directory, got other bytes at ${at}`);
  }
  const begin = readUint64(op, view, 48);
  return checkDirectory(op, { begin, end: begin + readUint64(op, view, 40), count: readUint64(op, view, 32) }, at);
}

/** A row has 46 bytes at least, so a false count cannot make this take memory. */
function checkDirectory(op: string, directory: Directory, limit: number): Directory {
  const { begin, end, count } = directory;
  if (end !== limit)
    throw new FormatError(op, `a zip directory must lie before its end, got [${begin}, ${end}) of ${limit} bytes`);
  if (count * rowBytes > end - begin) {
    throw new FormatError(op, `a zip directory must hold its members, got ${count} in ${end - begin} bytes`);
  }
  return directory;
}

function parseRow(op: string, name: string, row: DataView, extra: Uint8Array): ZipMember {
  const place = `member '${name}'`;
  if (row.getUint16(8, true) & 1) throw new FormatError(op, `zip members must not be encrypted, got one that is (${place})`);
  const mode = row.getUint8(5) === unix ? row.getUint16(40, true) : 0;
  if ((mode & 0xf000) === linkMode) throw new FormatError(op, `zip members must not be links, got one that is (${place})`);
  const method = row.getUint16(10, true);
  if (method !== 0 && method !== 8) {
    throw new FormatError(op, `zip members must be stored (0) or deflated (8), got method ${method} (${place})`);
  }
  const wide = zip64Fields(op, place, extra);
  const field = (at: number): number => {
    const value = row.getUint32(at, true);
    return value === 0xffffffff ? wide() : value;
  };
  // Zip64 lists only what does not fit, in this order.
  const bytes = field(24);
  const packedBytes = field(20);
  const begin = field(42);
  const isDeflated = method === 8;
  if (!isDeflated && bytes !== packedBytes) {
    throw new FormatError(op, `stored zip members must have one size, got ${packedBytes} and ${bytes} bytes (${place})`);
  }
  return { name, isDeflated, crc: row.getUint32(16, true), packedBytes, bytes, begin };
}

/** Gives the 64-bit fields one after the other. */
function zip64Fields(op: string, place: string, extra: Uint8Array): () => number {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length);
  let at = 0;
  let end = 0;
  for (let start = 0; start + 4 <= extra.length; ) {
    const next = start + 4 + view.getUint16(start + 2, true);
    if (view.getUint16(start, true) === 1 && next <= extra.length) [at, end] = [start + 4, next];
    start = next;
  }
  return () => {
    if (at + 8 > end) throw new FormatError(op, `zip members above 4 GiB must have 64-bit sizes, got none (${place})`);
    at += 8;
    return readUint64(op, view, at - 8);
  };
}

/** Refuses what no file reaches, so that sums stay exact. */
function readUint64(op: string, view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > 2 ** 50) throw new FormatError(op, `zip sizes must be ones that a file can have, got ${value}`);
  return Number(value);
}

function memberName(op: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError(op, `zip members must have names in UTF-8, got [${bytes.subarray(0, 32).join(', ')}]`);
  }
}

import { FormatError } from '@dl/kernels';

/** A member of an archive, as its directory describes it. */
export interface ZipMember {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly isLink: boolean;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of its local header. */
  readonly begin: number;
}

const endSignature = 0x06054b50;
const rowSignature = 0x02014b50;
const endBytes = 22;
const rowBytes = 46;
const maxCommentBytes = 0xffff;
const unix = 3;
const linkMode = 0xa000;

/**
 * Reads the directory at the end of a zip archive. Own code, since libraries believe its sizes and names. Archives above 4 GiB
 * (zip64) are refused.
 *
 * @throws FormatError when it is truncated or corrupt, a name leads out of the archive, or one comes twice
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZipDirectory(op: string, archive: Uint8Array): readonly ZipMember[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(op, view);
  const count = view.getUint16(end + 10, true);
  const begin = view.getUint32(end + 16, true);
  if (begin + view.getUint32(end + 12, true) !== end || count * rowBytes > end - begin) {
    throw new FormatError(op, `a zip directory of ${count} members must lie before its end, got one from ${begin} to ${end}`);
  }
  const members = new Map<string, ZipMember>();
  let at = begin;
  for (let i = 0; i < count; i++) {
    const nameBegin = at + rowBytes;
    if (nameBegin > end || view.getUint32(at, true) !== rowSignature) {
      throw new FormatError(op, `the zip directory must have ${count} members, got ${i} and other bytes`);
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    at = nameBegin + nameBytes + extraBytes + commentBytes;
    if (at > end) throw new FormatError(op, `the zip directory must hold its members, got an end in number ${i}`);
    const name = checkName(op, archive.subarray(nameBegin, nameBegin + nameBytes));
    if (members.has(name)) throw new FormatError(op, `zip members must have names of their own, got '${name}' twice`);
    members.set(name, parseRow(op, name, new DataView(view.buffer, view.byteOffset + nameBegin - rowBytes, rowBytes)));
  }
  if (at !== end) throw new FormatError(op, `the zip directory must have ${count} members, got ${end - at} bytes more`);
  return [...members.values()];
}

function findEnd(op: string, view: DataView): number {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= 0 && at >= last - maxCommentBytes; at--) {
    if (view.getUint32(at, true) !== endSignature || at + endBytes + view.getUint16(at + 20, true) !== view.byteLength) continue;
    if (
      view.getUint16(at + 4, true) !== 0 ||
      view.getUint16(at + 10, true) === 0xffff ||
      view.getUint32(at + 16, true) === 0xffffffff
    ) {
      throw new FormatError(op, 'a zip archive must be one file of less than 4 GiB and 65,535 members, got a part or zip64');
    }
    return at;
  }
  throw new FormatError(op, `a zip archive ends with its directory, got none in ${view.byteLength} bytes (truncated?)`);
}

function parseRow(op: string, name: string, row: DataView): ZipMember {
  const method = row.getUint16(10, true);
  if (method !== 0 && method !== 8) {
    throw new FormatError(op, `zip members must be stored (0) or deflated (8), got method ${method} (${name})`);
  }
  const mode = row.getUint8(5) === unix ? row.getUint16(40, true) : 0;
  return {
    name,
    isDeflated: method === 8,
    isLink: (mode & 0xf000) === linkMode,
    isEncrypted: (row.getUint16(8, true) & 1) !== 0,
    crc: row.getUint32(16, true),
    packedBytes: row.getUint32(20, true),
    bytes: row.getUint32(24, true),
    begin: row.getUint32(42, true),
  };
}

/** Refuses what leads out of the archive, also for whoever writes members to files by their names. */
function checkName(op: string, bytes: Uint8Array): string {
  const name = new TextDecoder().decode(bytes);
  if (name === '' || /^[/\\]|^[a-z]:|\\|\0|(^|\/)\.\.(\/|$)/i.test(name)) {
    throw new FormatError(op, `zip members must have names inside of the archive, got '${name}'`);
  }
  return name;
}

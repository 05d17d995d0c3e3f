import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipOptions {
  readonly stored?: boolean;
  /** What the directory says instead of the truth. */
  readonly bytes?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly flags?: number;
  /** Of Unix. */
  readonly mode?: number;
}

/** A zip archive of `[name, bytes, options]`. */
export function makeZip(...members: ReadonlyArray<readonly [string, Uint8Array, ZipOptions?]>): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const rows: Buffer[] = [];
  let at = 0;
  for (const [name, bytes, options = {}] of members) {
    const packed = options.stored ? Buffer.from(bytes) : deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(nameBytes.length, 26);
    const row = Buffer.alloc(46);
    row.writeUInt32LE(0x02014b50, 0);
    row.writeUInt8(3, 5);
    row.writeUInt16LE(options.flags ?? 0, 8);
    row.writeUInt16LE(options.method ?? (options.stored ? 0 : 8), 10);
    row.writeUInt32LE(options.crc ?? crc32(bytes), 16);
    row.writeUInt32LE(packed.length, 20);
    row.writeUInt32LE(options.bytes ?? bytes.length, 24);
    row.writeUInt16LE(nameBytes.length, 28);
    row.writeUInt16LE(options.mode ?? 0o100644, 40);
    row.writeUInt32LE(at, 42);
    parts.push(header, nameBytes, packed);
    rows.push(row, nameBytes);
    at += 30 + nameBytes.length + packed.length;
  }
  const directory = Buffer.concat(rows);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, directory, end]));
}

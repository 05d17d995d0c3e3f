import { crc32 } from '@dl/io';
import { FormatError } from '@dl/kernels';

export const pngSignature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The chunks of a PNG file that have to do with its pixels. */
export interface PngChunks {
  readonly header: Uint8Array;
  readonly palette?: Uint8Array | undefined;
  readonly transparency?: Uint8Array | undefined;
  readonly exif?: Uint8Array | undefined;
  /** What the IDAT chunks hold, joined. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

const wanted = ['IHDR', 'PLTE', 'tRNS', 'eXIf', 'IDAT', 'IEND'];

/**
 * Takes a PNG file apart. Chunks that have nothing to do with pixels are passed over unread: what they inflate to is nobody's concern.
 *
 * @param file - begins with the signature
 * @throws FormatError when it is truncated, a sum is wrong, or chunks are missing, doubled or unknown and critical
 * @see https://www.w3.org/TR/png-3/#5DataRep
 */
export function readPngChunks(op: string, file: Uint8Array<ArrayBuffer>): PngChunks {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const single = new Map<string, Uint8Array>();
  const pixels: Uint8Array<ArrayBuffer>[] = [];
  let previous = '';
  for (let at: number = pngSignature.length; previous !== 'IEND'; ) {
    if (at + 12 > file.length) throw new FormatError(op, `a PNG file ends with IEND, got an end at ${file.length} (truncated?)`);
    const length = view.getUint32(at);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > file.length) {
      throw new FormatError(
        op,
        `PNG chunks must lie in their file, got ${type} of ${length} bytes at ${at} of ${file.length} (truncated?)`,
      );
    }
    if ((previous === '') !== (type === 'IHDR'))
      throw new FormatError(op, `a PNG file begins with one IHDR, got ${type} at ${at}`);
    if (wanted.includes(type)) {
      checkSum(op, type, crc32(file.subarray(at + 4, end - 4)), view.getUint32(end - 4));
      const data = file.subarray(at + 8, end - 4);
      if (type === 'IDAT') {
        if (pixels.length > 0 && previous !== 'IDAT')
          throw new FormatError(op, `IDAT chunks must follow each other, got one after ${previous}`);
        pixels.push(data);
      } else {
        if (single.has(type)) throw new FormatError(op, `a PNG file must have one ${type}, got two`);
        if (pixels.length > 0 && (type === 'PLTE' || type === 'tRNS'))
          throw new FormatError(op, `${type} must come before IDAT, got it after`);
        single.set(type, data);
      }
    } else if (isCritical(file[at + 4])) {
      throw new FormatError(op, `critical PNG chunks must be known, got '${type}'`);
    }
    previous = type;
    at = end;
  }
  if (pixels.length === 0) throw new FormatError(op, 'a PNG file must have IDAT chunks, got none');
  return {
    header: single.get('IHDR') ?? new Uint8Array(0),
    palette: single.get('PLTE'),
    transparency: single.get('tRNS'),
    exif: single.get('eXIf'),
    pixels: join(pixels),
  };
}

function join(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0];
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Upper-case letters begin the names of chunks without which the picture is wrong. */
function isCritical(letter: number): boolean {
  return (letter & 0x20) === 0;
}

function checkSum(op: string, type: string, sum: number, expected: number): void {
  if (sum !== expected) {
    throw new FormatError(
      op,
      `PNG chunks must have their CRC-32, got ${sum.toString(16)} and not ${expected.toString(16)} (${type})`,
    );
  }
}

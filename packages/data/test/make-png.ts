import { crc32, deflateSync } from 'node:zlib';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const pngChunk = (type: string, data: ArrayLike<number>): Uint8Array => {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
};

export const pngHeader = (width: number, height: number, depth: number, colorType: number): Uint8Array => {
  const out = Buffer.alloc(13);
  out.writeUInt32BE(width, 0);
  out.writeUInt32BE(height, 4);
  out.set([depth, colorType], 8);
  return pngChunk('IHDR', out);
};

export const pngOf = (...chunks: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat([Buffer.from(signature), ...chunks]));

/** A whole file; rows begin with their filter byte. */
export const makePng = (
  [width, height, depth, colorType]: readonly [number, number, number, number],
  rows: ArrayLike<number>,
  ...before: readonly Uint8Array[]
): Uint8Array => pngOf(pngHeader(width, height, depth, colorType), ...before, pixels(rows), pngChunk('IEND', []));

export const pixels = (rows: ArrayLike<number>): Uint8Array => pngChunk('IDAT', deflateSync(Uint8Array.from(rows)));

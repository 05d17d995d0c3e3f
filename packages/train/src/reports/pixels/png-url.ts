import { crc32 } from '@dl/io';
import type { Raster } from './raster.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of a stored block of DEFLATE. */
const longestBlock = 65_535;

/**
 * Pixels as the URL of a PNG, which a page holds in itself. They are stored and not compressed: thumbnails are too small to gain much, and no
 * codec has to be there.
 *
 * @see RFC 2083 (PNG), RFC 1950 and 1951 (zlib, DEFLATE)
 */
export function pngUrl({ width, height, channels, bytes }: Raster): string {
  const header = [...be32(width), ...be32(height), 8, channels === 1 ? 0 : 2, 0, 0, 0];
  const png = [
    ...signature,
    ...chunk('IHDR', header),
    ...chunk('IDAT', zlib(rows(bytes, width * channels))),
    ...chunk('IEND', []),
  ];
  let binary = '';
  for (const byte of png) binary += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(binary)}`;
}

/** Each row behind the number of its filter, which is none. */
function rows(bytes: Uint8Array, stride: number): number[] {
  const all: number[] = [];
  for (let begin = 0; begin < bytes.length; begin += stride) all.push(0, ...bytes.subarray(begin, begin + stride));
  return all;
}

function chunk(type: string, data: readonly number[]): number[] {
  const body = [...[...type].map((letter) => letter.charCodeAt(0)), ...data];
  return [...be32(data.length), ...body, ...be32(crc32(Uint8Array.from(body)))];
}

function zlib(data: readonly number[]): number[] {
  const all = [0x78, 0x01];
  for (let begin = 0; begin < data.length; begin += longestBlock) {
    const block = data.slice(begin, begin + longestBlock);
    const isLast = begin + longestBlock >= data.length;
    const length = [block.length & 255, block.length >> 8];
    all.push(isLast ? 1 : 0, ...length, ...length.map((byte) => byte ^ 255));
    for (const byte of block) all.push(byte);
  }
  all.push(...be32(adler32(data)));
  return all;
}

function be32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function adler32(bytes: readonly number[]): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

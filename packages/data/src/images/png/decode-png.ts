import { FormatError } from '@dl/kernels';
import { inflate } from '../../formats/inflate.ts';
import { checkExtents } from '../check-extents.ts';
import type { Raster } from '../raster.ts';
import { type PngChunks, readPngChunks } from './chunks.ts';
import { type PngHeader, readPngHeader } from './header.ts';
import { type PngPass, pngPasses } from './passes.ts';
import { unfilter } from './unfilter.ts';

/** A PNG file whose header and colours are sound. */
export interface ParsedPng extends Omit<PngChunks, 'header'> {
  readonly header: PngHeader;
}

/** With samples as they are stored: indices where there is a palette, not scaled where they have fewer bits than eight. */
export interface Png extends ParsedPng, Raster {}

/** The most bytes that a byte of deflated data can become. */
const deflateRatio = 1032;

/**
 * Takes a PNG file apart.
 *
 * @throws FormatError when it is not sound, or too big
 */
export function parsePng(op: string, file: Uint8Array<ArrayBuffer>, maxPixels: number): ParsedPng {
  const chunks = readPngChunks(op, file);
  const header = readPngHeader(op, chunks.header);
  checkExtents(op, header.width, header.height, maxPixels);
  checkColors(op, header, chunks.palette, chunks.transparency);
  return { ...chunks, header };
}

/**
 * Decodes the pixels of a PNG file. Own code but for inflating, since libraries of this language either do not bound what IDAT inflates to,
 * lose the indices of a palette, or cannot read interlaced images of less than 8 bits.
 *
 * @throws FormatError when they are not sound
 */
export async function decodePng(op: string, png: ParsedPng): Promise<Png> {
  const { header, palette, pixels } = png;
  const { width, height, channels, depth } = header;
  const passes = pngPasses(header);
  const bytes = passes.reduce((sum, pass) => sum + pass.height * (1 + pass.rowBytes), 0);
  if (pixels.length * deflateRatio < bytes) {
    throw new FormatError(
      op,
      `${width} x ${height} pixels take ${Math.ceil(bytes / deflateRatio)} bytes of IDAT at least, got ${pixels.length}`,
    );
  }
  const rows = await inflate(op, pixels, { format: 'deflate', what: 'sound PNG data', maxBytes: bytes });
  if (rows.length !== bytes) throw new FormatError(op, `${width} x ${height} pixels take ${bytes} bytes, got ${rows.length}`);
  const length = width * height * channels;
  const data = depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
  let at = 0;
  for (const pass of passes) at = unpackPass(op, rows, at, pass, header, data);
  const indices = palette === undefined || header.color !== 'palette' ? 0 : palette.length / 3;
  const bad = header.color === 'palette' ? data.findIndex((index) => index >= indices) : -1;
  if (bad >= 0) throw new FormatError(op, `palette indices must be below ${indices}, got ${data[bad]} (pixel ${bad})`);
  return { ...png, width, height, channels, data };
}

/** Unfilters the rows of a pass and puts their samples where they belong; returns where the next pass begins. */
function unpackPass(
  op: string,
  rows: Uint8Array,
  begin: number,
  { x0, y0, dx, dy, width, height, rowBytes }: PngPass,
  header: PngHeader,
  out: Uint8Array | Uint16Array,
): number {
  const { channels, depth } = header;
  const step = Math.max(1, (channels * depth) >> 3);
  let above: Uint8Array = new Uint8Array(rowBytes);
  let at = begin;
  for (let y = y0, j = 0; j < height; j++, y += dy) {
    const row = rows.subarray(at + 1, at + 1 + rowBytes);
    unfilter(op, rows[at], row, above, step);
    const first = (y * header.width + x0) * channels;
    if (depth < 8) unpackBits(row, depth, width, out, first, dx);
    else unpackBytes(row, depth >> 3, width, channels, out, first, dx);
    above = row;
    at += 1 + rowBytes;
  }
  return at;
}

/** One sample a pixel, the first in the highest bits. */
function unpackBits(
  row: Uint8Array,
  depth: number,
  width: number,
  out: Uint8Array | Uint16Array,
  first: number,
  dx: number,
): void {
  const mask = (1 << depth) - 1;
  for (let i = 0, bit = 0, to = first; i < width; i++, bit += depth, to += dx) {
    out[to] = (row[bit >> 3] >> (8 - depth - (bit & 7))) & mask;
  }
}

function unpackBytes(
  row: Uint8Array,
  bytes: number,
  width: number,
  channels: number,
  out: Uint8Array | Uint16Array,
  first: number,
  dx: number,
): void {
  if (bytes === 1 && dx === 1) {
    out.set(row, first);
    return;
  }
  for (let i = 0, from = 0; i < width; i++) {
    for (let c = 0, to = first + i * dx * channels; c < channels; c++, from += bytes, to++) {
      out[to] = bytes === 1 ? row[from] : (row[from] << 8) | row[from + 1];
    }
  }
}

function checkColors(
  op: string,
  { color, depth }: PngHeader,
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
): void {
  if (color === 'palette' && palette === undefined)
    throw new FormatError(op, 'an image of colour type 3 must have PLTE, got none');
  const most = color === 'palette' ? 2 ** depth : 256;
  const colors = (palette?.length ?? 3) / 3;
  if (!Number.isInteger(colors) || colors < 1 || colors > most) {
    throw new FormatError(op, `PLTE must be 1 to ${most} colours of 3 bytes, got ${palette?.length} bytes`);
  }
  if (transparency === undefined) return;
  const rules = { grey: [2, 2], rgb: [6, 6], palette: [1, colors], greyAlpha: [0, -1], rgba: [0, -1] } as const;
  const [least, greatest] = rules[color];
  if (transparency.length < least || transparency.length > greatest) {
    const rule =
      greatest < 0 ? `an image with alpha must have no tRNS` : `tRNS of this image must have ${least} to ${greatest} bytes`;
    throw new FormatError(op, `${rule}, got ${transparency.length} bytes`);
  }
}

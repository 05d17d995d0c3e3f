import { FormatError } from '@dl/kernels';
import { checkExtents } from '../check-extents.ts';

/** What the markers of a JPEG file say. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 CMYK. */
  readonly components: number;
  /** What APP1 has after `Exif`: a TIFF file. */
  readonly exif?: Uint8Array | undefined;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Of the blocks that are coded together, in pixels. */
  readonly unitWidth: number;
  readonly unitHeight: number;
}

/** Real progressive files have about ten; each costs a pass over the whole picture, which is what an attack would want. */
const maxScans = 100;

const startOfScan = 0xda;
const endOfImage = 0xd9;
const app1 = 0xe1;
const exifName = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * Walks over the markers of a whole JPEG file, without decoding anything.
 *
 * @throws FormatError when it is truncated, too large, too short for its pixels, or of a kind that is not read: arithmetic coding, lossless, 12 bits
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.1
 */
export function readJpegHeader(op: string, file: Uint8Array, maxPixels: number): JpegHeader {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let frame: Frame | undefined;
  let exif: Uint8Array | undefined;
  let scans = 0;
  let at = nextMarker(op, file, 2);
  for (let marker = file[at]; marker !== endOfImage; at = nextMarker(op, file, at), marker = file[at]) {
    at++;
    if (isAlone(marker)) continue;
    const length = at + 2 <= file.length ? view.getUint16(at) : file.length;
    if (length < 2 || at + length > file.length) {
      throw new FormatError(
        op,
        `JPEG segments must lie in their file, got an end at ${at + length} of ${file.length} (truncated?)`,
      );
    }
    const segment = file.subarray(at + 2, at + length);
    at += length;
    if (isFrame(marker)) {
      if (frame !== undefined) throw new FormatError(op, 'a JPEG file must have one frame, got two');
      frame = readFrame(op, marker, segment);
    } else if (marker === app1 && exifName.every((byte, i) => segment[i] === byte)) exif ??= segment.subarray(exifName.length);
    else if (marker === startOfScan && ++scans > maxScans) {
      throw new FormatError(op, `a JPEG file must have at most ${maxScans} scans, got more`);
    }
  }
  if (frame === undefined || scans === 0)
    throw new FormatError(op, `a JPEG file must have a frame and a scan, got none before its end`);
  checkExtents(op, frame.width, frame.height, maxPixels);
  checkLength(op, frame, file.length);
  return { width: frame.width, height: frame.height, components: frame.components, exif };
}

/**
 * Where the code of the next marker is: after 0xff, and neither 0 nor 0xff nor that of a restart, which are parts of coded pixels. Other bytes
 * on the way are pixels, or padding that some cameras write.
 */
function nextMarker(op: string, file: Uint8Array, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at)) {
    while (file[at] === 0xff) at++;
    if (at < file.length && file[at] !== 0 && !isRestart(file[at])) return at;
  }
  throw new FormatError(op, `a JPEG file ends with the marker ff d9, got an end at ${file.length} without it (truncated?)`);
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/** Markers that no segment follows. */
function isAlone(marker: number): boolean {
  return marker === 0x01 || marker === 0xd8;
}

/** All of c0 to cf, but for tables (c4, cc) and a reserved one (c8). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(op: string, marker: number, segment: Uint8Array): Frame {
  if (marker > 0xc2) {
    throw new FormatError(
      op,
      `a JPEG file must be Huffman coded, baseline or progressive (ff c0 to ff c2), got ff ${marker.toString(16)}`,
    );
  }
  const [precision, high, low, wide, narrow, components] = segment;
  if (segment.length !== 6 + 3 * components || ![1, 3, 4].includes(components)) {
    throw new FormatError(
      op,
      `a JPEG frame must have 1, 3 or 4 components of 3 bytes, got ${components} in ${segment.length} bytes`,
    );
  }
  if (precision !== 8) throw new FormatError(op, `JPEG samples must have 8 bits, got ${precision}`);
  const factors = Array.from({ length: components }, (_, c) => segment[7 + 3 * c]);
  return {
    height: (high << 8) | low,
    width: (wide << 8) | narrow,
    components,
    unitWidth: 8 * Math.max(...factors.map((factor) => factor >> 4)),
    unitHeight: 8 * Math.max(...factors.map((factor) => factor & 15)),
  };
}

/** Every unit takes a bit at least, so that a short file cannot claim a large picture. */
function checkLength(op: string, { width, height, unitWidth, unitHeight }: Frame, length: number): void {
  if (unitWidth === 0 || unitHeight === 0) throw new FormatError(op, 'JPEG sampling factors must be positive, got 0');
  const least = (Math.ceil(width / unitWidth) * Math.ceil(height / unitHeight)) / 8;
  if (length < least)
    throw new FormatError(op, `${width} x ${height} pixels take ${Math.ceil(least)} bytes at least, got ${length}`);
}

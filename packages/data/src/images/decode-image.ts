import { ArgumentError, FormatError, type HostTensor } from '@dl/kernels';
import { decodeBySharp } from './decode-by-sharp.ts';
import { exifOrientation } from './exif-orientation.ts';
import { decodeJpeg } from './jpeg/decode-jpeg.ts';
import { readJpegHeader } from './jpeg/header.ts';
import { pngSignature } from './png/chunks.ts';
import { decodePng, parsePng } from './png/decode-png.ts';
import { pngColors } from './png/png-colors.ts';
import { type ImageChannels, storedPlanes, toPlanes } from './to-planes.ts';
import { upright } from './upright.ts';

/** Options of {@link decodeImage}. */
export interface DecodeImageOptions {
  /**
   * 1 grey, 3 RGB, 4 RGBA; of grey and colour one is made from the other. Default: 1 for a grey image, 3 for another; transparency is left out,
   * not blended.
   */
  readonly channels?: ImageChannels | undefined;
  /**
   * `'stored'` gives the numbers that the file has, for label maps: indices instead of the palette's colours, 1 to 4 bits not scaled, 16 bits whole
   * as int32, the alpha channel where there is one. Default `'colors'`: in [0, 255], of 16 bits the upper 8.
   */
  readonly samples?: 'colors' | 'stored' | undefined;
  /** Whether the image is turned as its EXIF data asks for. Default false, as in torchvision: boxes and masks are drawn on the pixels as stored. */
  readonly applyExifOrientation?: boolean | undefined;
  /** The most pixels that a file may claim to have; no memory is taken for more. Default 2²⁶, 8192 squared. */
  readonly maxPixels?: number | undefined;
  /**
   * `'sharp'` decodes by the package sharp, where you have installed it: in Node only, faster, on other threads. Its JPEG decoder rounds as it
   * pleases its version and machine, and it refuses files that are odd but whole; what it cannot do alike (CMYK, 16 bits, stored samples) is
   * decoded as by default. Default `'portable'`: the same bits everywhere.
   */
  readonly decoder?: 'portable' | 'sharp' | undefined;
}

const op = 'decodeImage';
const defaultMaxPixels = 2 ** 26;

const others: ReadonlyArray<readonly [string, readonly number[]]> = [
  ['GIF', [0x47, 0x49, 0x46]],
  ['BMP', [0x42, 0x4d]],
  ['WebP', [0x52, 0x49, 0x46, 0x46]],
  ['TIFF', [0x49, 0x49, 0x2a]],
  ['TIFF', [0x4d, 0x4d, 0x00]],
  ['gzip', [0x1f, 0x8b]],
];

/**
 * Reads a PNG or JPEG file, known by its first bytes, in Node and in browsers. The same bits come out everywhere: PNG is exact, JPEG is decoded
 * by mozjpeg in WebAssembly (CMYK by jpeg-js), which is loaded with the first such file and gives the pixels of PIL and torchvision.
 *
 * Colour profiles and gamma are not applied.
 *
 * @param bytes - a whole file
 * @returns uint8 `[c, h, w]`; int32 for stored samples of 16 bits
 * @throws {@link FormatError} when it is neither, truncated, corrupt, or has more than `maxPixels`
 * @throws {@link ArgumentError} for options that do not go together
 * @example
 * const png = await encodePng({ shape: [1, 1, 2], dtype: 'uint8', data: new Uint8Array([0, 255]) });
 * const image = await decodeImage(png, { channels: 3 });
 * image.shape // [3, 1, 2]
 * image.data // Uint8Array [0, 255, 0, 255, 0, 255]
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeImageOptions = {}): Promise<HostTensor> {
  const { maxPixels = defaultMaxPixels, applyExifOrientation = false } = options;
  checkOptions(options, maxPixels);
  const file = ownBuffer(bytes);
  const { image, exif } = await decode(file, options, maxPixels);
  return applyExifOrientation ? upright(image, exifOrientation(exif)) : image;
}

interface Decoded {
  readonly image: HostTensor;
  readonly exif: Uint8Array | undefined;
}

function decode(file: Uint8Array<ArrayBuffer>, options: DecodeImageOptions, maxPixels: number): Promise<Decoded> {
  if (pngSignature.every((byte, i) => file[i] === byte)) return decodeAsPng(file, options, maxPixels);
  if (file[0] === 0xff && file[1] === 0xd8) return decodeAsJpeg(file, options, maxPixels);
  const other = others.find(([, magic]) => magic.every((byte, i) => file[i] === byte));
  const begin = Array.from(file.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new FormatError(op, `a file must begin as PNG or JPEG do, got ${other?.[0] ?? (begin || 'no bytes')}`);
}

async function decodeAsPng(
  file: Uint8Array<ArrayBuffer>,
  { channels, samples, decoder }: DecodeImageOptions,
  maxPixels: number,
): Promise<Decoded> {
  const parsed = parsePng(op, file, maxPixels);
  const { exif, header } = parsed;
  if (decoder === 'sharp' && samples !== 'stored' && header.depth <= 8) {
    const isGrey = header.color === 'grey' || header.color === 'greyAlpha';
    return { image: toPlanes(await decodeBySharp(op, file, maxPixels), channels ?? (isGrey ? 1 : 3)), exif };
  }
  const png = await decodePng(op, parsed);
  return { image: samples === 'stored' ? storedPlanes(png) : toPlanes(pngColors(png, channels === 4), channels), exif };
}

async function decodeAsJpeg(
  file: Uint8Array<ArrayBuffer>,
  { channels, decoder }: DecodeImageOptions,
  maxPixels: number,
): Promise<Decoded> {
  const header = readJpegHeader(op, file, maxPixels);
  const bySharp = decoder === 'sharp' && header.components < 4;
  const pixels = bySharp ? await decodeBySharp(op, file, maxPixels) : await decodeJpeg(op, file, header);
  return { image: toPlanes(pixels, channels ?? (header.components === 1 ? 1 : 3)), exif: header.exif };
}

/** Codecs take bytes of an ordinary buffer; those of a shared one are copied. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes);
}

function checkOptions({ channels, samples, decoder }: DecodeImageOptions, maxPixels: number): void {
  if (channels !== undefined && ![1, 3, 4].includes(channels))
    throw new ArgumentError(op, `channels must be 1, 3 or 4, got ${channels}`);
  if (samples === 'stored' && channels !== undefined) {
    throw new ArgumentError(op, `stored samples come in the channels of the file, got channels: ${channels}`);
  }
  if (decoder !== undefined && decoder !== 'portable' && decoder !== 'sharp') {
    throw new ArgumentError(op, `decoder must be 'portable' or 'sharp', got ${decoder}`);
  }
  if (!(maxPixels > 0)) throw new ArgumentError(op, `maxPixels must be positive, got ${maxPixels}`);
}

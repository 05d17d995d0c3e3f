import { ArgumentError, FormatError, type HostTensor } from '@dl/kernels';
import { exifOrientation } from './exif-orientation.ts';
import { decodeJpeg } from './jpeg/decode-jpeg.ts';
import { pngSignature } from './png/chunks.ts';
import { decodePng } from './png/decode-png.ts';
import { pngColors } from './png/png-colors.ts';
import { type Channels, storedPlanes, toPlanes } from './to-planes.ts';
import { upright } from './upright.ts';

/** Options of {@link decodeImage}. */
export interface DecodeImageOptions {
  /**
   * 1 grey, 3 RGB, 4 RGBA; of grey and colour one is made from the other. Default: 1 for a grey image, 3 for another; transparency is left out,
   * not blended.
   */
  readonly channels?: Channels | undefined;
  /**
   * `'stored'` gives the numbers that the file has, for label maps: indices instead of the palette's colours, 1 to 4 bits not scaled, 16 bits whole
   * as int32, the alpha channel where there is one. Default `'colors'`: in [0, 255], of 16 bits the upper 8.
   */
  readonly samples?: 'colors' | 'stored' | undefined;
  /** Whether the image is turned as its EXIF data asks for. Default false, as in torchvision: boxes and masks are drawn on the pixels as stored. */
  readonly applyExifOrientation?: boolean | undefined;
  /** The most pixels that a file may claim to have; no memory is taken for more. Default 2²⁶, 8192 squared. */
  readonly maxPixels?: number | undefined;
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
  const { channels, samples = 'colors', applyExifOrientation = false, maxPixels = defaultMaxPixels } = options;
  checkOptions(options, maxPixels);
  const file = ownBuffer(bytes);
  if (pngSignature.every((byte, i) => file[i] === byte)) {
    const png = await decodePng(op, file, maxPixels);
    const image = samples === 'stored' ? storedPlanes(png) : toPlanes(pngColors(png, channels === 4), channels);
    return applyExifOrientation ? upright(image, exifOrientation(png.exif)) : image;
  }
  if (file[0] === 0xff && file[1] === 0xd8) {
    const jpeg = await decodeJpeg(op, file, maxPixels);
    const image = toPlanes(jpeg, channels ?? (jpeg.header.components === 1 ? 1 : 3));
    return applyExifOrientation ? upright(image, exifOrientation(jpeg.header.exif)) : image;
  }
  const other = others.find(([, magic]) => magic.every((byte, i) => file[i] === byte));
  const begin = Array.from(file.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new FormatError(op, `a file must begin as PNG or JPEG do, got ${other?.[0] ?? (begin || 'no bytes')}`);
}

/** Codecs take bytes of an ordinary buffer; those of a shared one are copied. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes);
}

function checkOptions({ channels, samples }: DecodeImageOptions, maxPixels: number): void {
  if (channels !== undefined && ![1, 3, 4].includes(channels))
    throw new ArgumentError(op, `channels must be 1, 3 or 4, got ${channels}`);
  if (samples === 'stored' && channels !== undefined) {
    throw new ArgumentError(op, `stored samples come in the channels of the file, got channels: ${channels}`);
  }
  if (!(maxPixels > 0)) throw new ArgumentError(op, `maxPixels must be positive, got ${maxPixels}`);
}

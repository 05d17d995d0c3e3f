import { FormatError } from '@dl/kernels';
import type { Raster } from '../raster.ts';
import type { JpegHeader } from './header.ts';
import { decodeByMozjpeg } from './mozjpeg.ts';

/** What libjpeg warns of though every pixel is there. */
const harmless = /extraneous bytes|Invalid SOS parameters|Adobe|thumbnail|JFIF|quantization tables/;

/**
 * Decodes a JPEG file: grey and colour by mozjpeg in WebAssembly, whose pixels are libjpeg's, and so PIL's, bit for bit; CMYK, which it does not
 * convert, by jpeg-js.
 *
 * @returns RGBA, of which the first channel will do for a grey one
 * @throws FormatError when it is not sound
 */
export async function decodeJpeg(op: string, file: Uint8Array<ArrayBuffer>, header: JpegHeader): Promise<Raster> {
  const { width, height, components } = header;
  const decoded = components === 4 ? await decodeCmyk(op, file, header) : await decodeColors(op, file);
  if (decoded.width !== width || decoded.height !== height) {
    const got = `${decoded.width} x ${decoded.height} for ${width} x ${height}`;
    throw new FormatError(op, `a picture must have the extents of its frame, got ${got}`);
  }
  return { width, height, channels: 4, data: decoded.data };
}

interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

async function decodeColors(op: string, file: Uint8Array<ArrayBuffer>): Promise<Decoded> {
  const { image, messages } = await decodeByMozjpeg(file);
  const complaint = messages.find((line) => !harmless.test(line));
  if (image === undefined || complaint !== undefined) throw unsound(op, complaint ?? 'no picture');
  return image;
}

async function decodeCmyk(op: string, file: Uint8Array<ArrayBuffer>, { width, height }: JpegHeader): Promise<Decoded> {
  const { decode } = await import('jpeg-js').then(({ default: jpeg }) => jpeg);
  const megabytes = Math.ceil(512 + (width * height * 64) / 2 ** 20);
  const limits = { maxResolutionInMP: (width * height) / 1e6 + 1, maxMemoryUsageInMB: megabytes };
  try {
    return decode(file, { useTArray: true, formatAsRGBA: true, tolerantDecoding: false, ...limits });
  } catch (error) {
    throw unsound(op, error instanceof Error ? error.message : String(error));
  }
}

function unsound(op: string, reason: string): FormatError {
  return new FormatError(op, `must be a sound JPEG file, got: ${reason}`);
}

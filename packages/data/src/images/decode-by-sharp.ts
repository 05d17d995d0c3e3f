import { DlError, FormatError } from '@dl/kernels';
import type { Raster } from './raster.ts';

/**
 * Decodes by sharp, which the user has installed. It works on other threads and with vector instructions.
 *
 * @throws FormatError when it finds fault with the file
 * @throws DlError where it is not installed
 */
export async function decodeBySharp(op: string, file: Uint8Array, maxPixels: number): Promise<Raster> {
  const sharp = await loadSharp(op);
  try {
    const image = sharp(file, { limitInputPixels: maxPixels, failOn: 'warning', ignoreIcc: true });
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: info.channels, data };
  } catch (error) {
    throw new FormatError(op, `must be a sound image, got: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where it is not installed, Vite puts an error in its place, and webpack is told to leave it alone. */
async function loadSharp(op: string) {
  try {
    const { default: sharp } = await import(/* webpackIgnore: true */ 'sharp');
    return sharp;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DlError(op, `decoder 'sharp' needs the package sharp in Node (npm install sharp), got: ${reason}`);
  }
}

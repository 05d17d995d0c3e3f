import { DlError, FormatError } from '@dl/kernels';
import type { Raster } from './raster.ts';

/** As the function of sharp. Its own type would make users compile against a package that they may not have. */
type Sharp = (
  file: Uint8Array,
  options: { readonly limitInputPixels: number; readonly failOn: 'warning'; readonly ignoreIcc: boolean },
) => {
  raw(options: { readonly depth: 'uchar' }): {
    toBuffer(options: { readonly resolveWithObject: true }): Promise<{
      readonly data: Uint8Array;
      readonly info: { readonly width: number; readonly height: number; readonly channels: Raster['channels'] };
    }>;
  };
};

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

/** Asked for by a name that bundlers do not follow: for them it need not be there. */
async function loadSharp(op: string): Promise<Sharp> {
  const name = 'sharp';
  try {
    const { default: sharp }: { readonly default: Sharp } = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
    return sharp;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DlError(op, `decoder 'sharp' needs the package sharp in Node (npm install sharp), got: ${reason}`);
  }
}

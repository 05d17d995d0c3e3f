import type { Raster } from '../raster.ts';
import type { Png } from './decode-png.ts';

/**
 * The colours of a PNG file in eight bits: palettes looked up, 1 to 4 bits scaled to [0, 255], the upper half of 16 bits.
 *
 * @param withAlpha - whether tRNS becomes an alpha channel
 */
export function pngColors(png: Png, withAlpha: boolean): Raster {
  const transparency = withAlpha ? png.transparency : undefined;
  if (png.header.color === 'palette') return lookUp(png, transparency);
  const bytes = toBytes(png);
  return transparency === undefined ? { ...png, data: bytes } : addAlpha(png, bytes, transparency);
}

function lookUp({ width, height, data, palette = new Uint8Array(0) }: Png, transparency: Uint8Array | undefined): Raster {
  const channels = transparency === undefined ? 3 : 4;
  const out = new Uint8Array(data.length * channels);
  for (let i = 0, to = 0; i < data.length; i++, to += channels) {
    const index = data[i];
    for (let c = 0; c < 3; c++) out[to + c] = palette[3 * index + c];
    if (transparency !== undefined) out[to + 3] = transparency[index] ?? 255;
  }
  return { width, height, channels, data: out };
}

function toBytes({ header: { depth }, data }: Png): Uint8Array {
  const out = new Uint8Array(data);
  if (depth === 8) return out;
  const scale = 255 / (2 ** depth - 1);
  for (let i = 0; i < out.length; i++) out[i] = depth === 16 ? data[i] >> 8 : data[i] * scale;
  return out;
}

/** Pixels whose samples all are those of tRNS, at the depth of the file, are transparent. */
function addAlpha({ width, height, channels, data }: Png, bytes: Uint8Array, transparency: Uint8Array): Raster {
  const key = Array.from({ length: channels }, (_, c) => (transparency[2 * c] << 8) | transparency[2 * c + 1]);
  const out = new Uint8Array(width * height * (channels + 1));
  for (let i = 0, from = 0, to = 0; i < width * height; i++, from += channels, to += channels + 1) {
    let isKey = true;
    for (let c = 0; c < channels; c++) {
      out[to + c] = bytes[from + c];
      isKey &&= data[from + c] === key[c];
    }
    out[to + channels] = isKey ? 0 : 255;
  }
  return { width, height, channels: channels + 1, data: out };
}

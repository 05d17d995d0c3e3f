import type { HostTensor } from '@dl/kernels';
import type { Raster } from './raster.ts';

/** How many channels are wanted: without a number, 1 for grey and 3 for colours, alpha left out. */
export type ImageChannels = 1 | 3 | 4;

/** Pixels of eight bits as planes, uint8 `[c, h, w]`. */
export function toPlanes({ width, height, channels: from, data }: Raster, channels: ImageChannels | undefined): HostTensor {
  const isGrey = from < 3;
  const to = channels ?? (isGrey ? 1 : 3);
  const size = width * height;
  const out = new Uint8Array(to * size);
  if (to === 1 && !isGrey) toGrey(data, from, out);
  else {
    for (let c = 0; c < Math.min(to, 3); c++) copyChannel(data, from, isGrey ? 0 : c, out.subarray(c * size, (c + 1) * size));
  }
  if (to === 4) {
    const alpha = out.subarray(3 * size);
    if (from % 2 === 0) copyChannel(data, from, from - 1, alpha);
    else alpha.fill(255);
  }
  return { shape: [to, height, width], dtype: 'uint8', data: out };
}

/** Samples as they are stored, `[c, h, w]`: uint8, or int32 for those of 16 bits. */
export function storedPlanes({ width, height, channels, data }: Raster): HostTensor {
  const size = width * height;
  const isWide = data instanceof Uint16Array;
  const out = isWide ? new Int32Array(channels * size) : new Uint8Array(channels * size);
  for (let c = 0; c < channels; c++) copyChannel(data, channels, c, out.subarray(c * size, (c + 1) * size));
  return { shape: [channels, height, width], dtype: isWide ? 'int32' : 'uint8', data: out };
}

function copyChannel(data: Raster['data'], step: number, channel: number, out: Uint8Array | Int32Array): void {
  for (let i = 0, from = channel; i < out.length; i++, from += step) out[i] = data[from];
}

/** ITU-R 601-2 luma in 16 bits of fraction, as PIL computes it. */
function toGrey(data: Raster['data'], step: number, out: Uint8Array): void {
  for (let i = 0, from = 0; i < out.length; i++, from += step) {
    out[i] = (19595 * data[from] + 38470 * data[from + 1] + 7471 * data[from + 2] + 0x8000) >> 16;
  }
}

import { ArgumentError, formatShape, type HostTensor, type Shape } from '@dl/kernels';
import type { Raster } from './raster.ts';

/** The longer side of what a page shows: a page of many pictures has to stay small. */
const longestSide = 64;

/**
 * An image as small as a page needs it. Bytes are shown as they are; other numbers have been normalised somehow, so the least becomes black and
 * the most white.
 *
 * @param image - `[c, h, w]`, of 1 or 3 channels
 */
export function imageRaster(op: string, { shape, dtype, data }: HostTensor): Raster {
  const [channels, height, width] = checkShape(op, shape);
  const toByte = dtype === 'uint8' ? (value: number): number => value : stretch(data);
  const step = Math.max(1, Math.ceil(Math.max(height, width) / longestSide));
  const [h, w] = [Math.ceil(height / step), Math.ceil(width / step)];
  const bytes = new Uint8Array(channels * h * w);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const [bottom, right] = [Math.min(height, (y + 1) * step), Math.min(width, (x + 1) * step)];
        let sum = 0;
        for (let i = y * step; i < bottom; i++) for (let j = x * step; j < right; j++) sum += data[(c * height + i) * width + j];
        bytes[(y * w + x) * channels + c] = Math.round(toByte(sum / ((bottom - y * step) * (right - x * step))));
      }
    }
  }
  return { width: w, height: h, channels, bytes };
}

function checkShape(op: string, shape: Shape): readonly [channels: 1 | 3, height: number, width: number] {
  const [channels, height, width] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new ArgumentError(op, `images must be [c, h, w] of 1 or 3 channels, got ${formatShape(shape)}`);
  }
  return [channels, height, width];
}

function stretch(data: HostTensor['data']): (value: number) => number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = high > low ? 255 / (high - low) : 0;
  return (value) => (value - low) * scale;
}

import { ArgumentError, formatShape, type HostTensor, type Shape } from '@dl/kernels';
import type { Raster } from './raster.ts';
import { shrink } from './shrink.ts';

/**
 * An image to show. Bytes are shown as they are; other numbers have been normalised somehow, so the least becomes black and the most white.
 *
 * @param image - `[c, h, w]`, of 1 or 3 channels
 */
export function imageRaster(op: string, { shape, dtype, data }: HostTensor): Raster {
  const channels = channelsOf(op, shape);
  const { width, height, values } = shrink(data, channels, shape[1], shape[2]);
  const toByte = dtype === 'uint8' ? (value: number): number => value : stretch(values);
  const bytes = new Uint8Array(values.length);
  const plane = height * width;
  for (let i = 0; i < values.length; i++) bytes[(i % plane) * channels + Math.floor(i / plane)] = Math.round(toByte(values[i]));
  return { width, height, channels, bytes };
}

function channelsOf(op: string, shape: Shape): 1 | 3 {
  const [channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new ArgumentError(op, `images must be [c, h, w] of 1 or 3 channels, got ${formatShape(shape)}`);
  }
  return channels;
}

function stretch(values: Float64Array): (value: number) => number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = high > low ? 255 / (high - low) : 0;
  return (value) => (value - low) * scale;
}

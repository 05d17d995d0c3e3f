import { ArgumentError } from '@dl/kernels';
import { type FloatImage, mapPixels } from '../float-image.ts';

/** `factor * image + (1 - factor) * other`, kept in [0, 1]. */
export function blend(image: FloatImage, factor: number, other: (pixel: number) => number): FloatImage {
  const plane = image.shape[1] * image.shape[2];
  return mapPixels(image, (value, i) => Math.min(1, Math.max(0, factor * value + (1 - factor) * other(i % plane))));
}

/** Brightness of each pixel as the eye weighs colours; of a grey image, its only channel. */
export function luminance(op: string, { shape, data }: FloatImage): Float32Array {
  checkColours(op, shape[0]);
  if (shape[0] === 1) return data;
  const plane = shape[1] * shape[2];
  return data.slice(0, plane).map((red, i) => 0.2989 * red + 0.587 * data[plane + i] + 0.114 * data[2 * plane + i]);
}

export function checkColours(op: string, channels: number): void {
  if (channels !== 1 && channels !== 3) throw new ArgumentError(op, `an image must be grey or RGB, got ${channels} channels`);
}

export function checkFactor(op: string, factor: number): void {
  if (!(factor >= 0 && factor < Infinity)) throw new ArgumentError(op, `factor must be finite and not negative, got ${factor}`);
}

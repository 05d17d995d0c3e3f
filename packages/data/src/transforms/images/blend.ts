import { ArgumentError } from '@dl/kernels';
import { emptyImage, type FloatImage } from '../float-image.ts';

/**
 * `factor * image + (1 - factor) * other`, kept in [0, 1].
 *
 * @param other - one value for all pixels, or one for each
 */
export function blend({ shape, data }: FloatImage, factor: number, other: number | Float32Array): FloatImage {
  const [channels, height, width] = shape;
  const plane = height * width;
  const out = emptyImage(channels, height, width);
  for (let begin = 0; begin < data.length; begin += plane) {
    for (let pixel = 0; pixel < plane; pixel++) {
      const value = factor * data[begin + pixel] + (1 - factor) * (typeof other === 'number' ? other : other[pixel]);
      out.data[begin + pixel] = value < 0 ? 0 : value > 1 ? 1 : value;
    }
  }
  return out;
}

/** Brightness of each pixel as the eye weighs colours; of a grey image, its only channel. */
export function luminance(op: string, { shape, data }: FloatImage): Float32Array {
  checkColours(op, shape[0]);
  if (shape[0] === 1) return data;
  const plane = shape[1] * shape[2];
  const grey = new Float32Array(plane);
  for (let i = 0; i < plane; i++) grey[i] = 0.2989 * data[i] + 0.587 * data[plane + i] + 0.114 * data[2 * plane + i];
  return grey;
}

export function checkColours(op: string, channels: number): void {
  if (channels !== 1 && channels !== 3) throw new ArgumentError(op, `an image must be grey or RGB, got ${channels} channels`);
}

export function checkFactor(op: string, factor: number): void {
  if (!(factor >= 0 && factor < Infinity)) throw new ArgumentError(op, `factor must be finite and not negative, got ${factor}`);
}

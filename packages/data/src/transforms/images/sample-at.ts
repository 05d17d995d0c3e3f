import { ArgumentError } from '@dl/kernels';
import { emptyImage, type FloatImage } from '../float-image.ts';

/** How a value between pixels is read: of the nearest one, or mixed of the four around. */
export type Interpolation = 'nearest' | 'bilinear';

/** How {@link affine} and its like read an image. */
export interface SamplingOptions {
  /** Default `'nearest'`. */
  readonly interpolation?: Interpolation | undefined;
  /** What is seen beyond the edge, for all channels or one for each. Default 0. */
  readonly fill?: number | readonly number[] | undefined;
}

/**
 * Reads `image` at places between its pixels.
 *
 * @param xs - columns of the places, one for each pixel of the result; the centre of pixel 0 is at 0
 * @param ys - rows of the places
 */
export function sampleAt(
  op: string,
  image: FloatImage,
  [height, width]: readonly [number, number],
  xs: Float64Array,
  ys: Float64Array,
  { interpolation = 'nearest', fill = 0 }: SamplingOptions,
): FloatImage {
  const channels = image.shape[0];
  const fills = typeof fill === 'number' ? new Array<number>(channels).fill(fill) : fill;
  if (fills.length !== channels) throw new ArgumentError(op, `fill must be one number or ${channels}, got [${fills.join(', ')}]`);
  const out = emptyImage(channels, height, width);
  const read = interpolation === 'nearest' ? readNearest : readBilinear;
  for (let channel = 0, at = 0; channel < channels; channel++) {
    for (let i = 0; i < xs.length; i++, at++) out.data[at] = read(image, channel, xs[i], ys[i], fills[channel]);
  }
  return out;
}

function readNearest(image: FloatImage, channel: number, x: number, y: number, fill: number): number {
  return pixel(image, channel, Math.round(x), Math.round(y), fill);
}

function readBilinear(image: FloatImage, channel: number, x: number, y: number, fill: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const down = y - top;
  const above = (1 - right) * pixel(image, channel, left, top, fill) + right * pixel(image, channel, left + 1, top, fill);
  const below = (1 - right) * pixel(image, channel, left, top + 1, fill) + right * pixel(image, channel, left + 1, top + 1, fill);
  return (1 - down) * above + down * below;
}

function pixel({ shape, data }: FloatImage, channel: number, x: number, y: number, fill: number): number {
  const [, height, width] = shape;
  return x >= 0 && x < width && y >= 0 && y < height ? data[(channel * height + y) * width + x] : fill;
}

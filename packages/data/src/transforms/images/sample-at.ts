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

/** Where an image is read: a column and a row for each pixel of the result; the centre of pixel 0 is at 0. */
export interface Places {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

let scratch: Places = { xs: new Float64Array(0), ys: new Float64Array(0) };

/** Room for `count` places, good until it is asked for again: an image is read at once. */
export function placesFor(count: number): Places {
  if (scratch.xs.length < count) scratch = { xs: new Float64Array(count), ys: new Float64Array(count) };
  return scratch;
}

/** Reads `image` at places between its pixels. */
export function sampleAt(
  op: string,
  image: FloatImage,
  [height, width]: readonly [number, number],
  places: Places,
  { interpolation = 'nearest', fill = 0 }: SamplingOptions,
): FloatImage {
  const channels = image.shape[0];
  const fills = typeof fill === 'number' ? new Array<number>(channels).fill(fill) : fill;
  if (fills.length !== channels) throw new ArgumentError(op, `fill must be one number or ${channels}, got [${fills.join(', ')}]`);
  const out = emptyImage(channels, height, width);
  const read = interpolation === 'nearest' ? readNearest : readBilinear;
  for (let channel = 0; channel < channels; channel++) read(image, channel, places, fills[channel], out);
  return out;
}

type Read = (image: FloatImage, channel: number, places: Places, fill: number, out: FloatImage) => void;

const readNearest: Read = ({ shape, data }, channel, { xs, ys }, fill, out) => {
  const [, height, width] = shape;
  const size = out.shape[1] * out.shape[2];
  const begin = channel * height * width;
  const to = out.data;
  const first = channel * size;
  for (let i = 0; i < size; i++) {
    const x = Math.round(xs[i]);
    const y = Math.round(ys[i]);
    const isInside = x >= 0 && x < width && y >= 0 && y < height;
    to[first + i] = isInside ? data[(begin + y * width + x) | 0] : fill;
  }
};

const readBilinear: Read = ({ shape, data }, channel, { xs, ys }, fill, out) => {
  const [, height, width] = shape;
  const size = out.shape[1] * out.shape[2];
  const begin = channel * height * width;
  const to = out.data;
  const first = channel * size;
  for (let i = 0; i < size; i++) {
    const x = xs[i];
    const y = ys[i];
    if (!(x > -1 && x < width && y > -1 && y < height)) {
      to[first + i] = fill;
      continue;
    }
    // As integers: an index that the engine takes for a real number costs three times as much.
    const left = Math.floor(x) | 0;
    const top = Math.floor(y) | 0;
    const at = (begin + top * width + left) | 0;
    const hasLeft = left >= 0;
    const hasRight = left < width - 1;
    const topLeft = hasLeft && top >= 0 ? data[at] : fill;
    const topRight = hasRight && top >= 0 ? data[at + 1] : fill;
    const bottomLeft = hasLeft && top < height - 1 ? data[at + width] : fill;
    const bottomRight = hasRight && top < height - 1 ? data[at + width + 1] : fill;
    const right = x - left;
    const down = y - top;
    const above = (1 - right) * topLeft + right * topRight;
    const below = (1 - right) * bottomLeft + right * bottomRight;
    to[first + i] = (1 - down) * above + down * below;
  }
};

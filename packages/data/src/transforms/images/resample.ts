import { emptyImage, type FloatImage } from '../float-image.ts';

/** What a number of the result is made of: `weights` of the pixels from `begin` on. */
interface Tap {
  readonly begin: number;
  readonly weights: Float64Array;
}

/** Bilinear resizing that takes the mean of what becomes one pixel: columns first, then rows, as PIL and PyTorch do. */
export function resample(image: FloatImage, [height, width]: readonly [number, number]): FloatImage {
  const [channels, fromHeight, fromWidth] = image.shape;
  const narrow = emptyImage(channels, fromHeight, width);
  const columns = triangleTaps(fromWidth, width);
  for (let row = 0; row < channels * fromHeight; row++) {
    for (let x = 0; x < width; x++) narrow.data[row * width + x] = weigh(image.data, row * fromWidth, 1, columns[x]);
  }
  const out = emptyImage(channels, height, width);
  const rows = triangleTaps(fromHeight, height);
  for (let c = 0, to = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, to++) out.data[to] = weigh(narrow.data, c * fromHeight * width + x, width, rows[y]);
    }
  }
  return out;
}

function weigh(data: Float32Array, first: number, step: number, { begin, weights }: Tap): number {
  let sum = 0;
  for (let j = 0, at = first + begin * step; j < weights.length; j++, at += step) sum += weights[j] * data[at];
  return sum;
}

/** The triangle filter of each of `count` pixels that `extent` become, as wide as the step from one to the next. */
function triangleTaps(extent: number, count: number): readonly Tap[] {
  const step = extent / count;
  const reach = Math.max(1, step);
  return Array.from({ length: count }, (_, i) => {
    const centre = (i + 0.5) * step;
    const begin = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(extent, Math.floor(centre + reach + 0.5));
    const raw = Float64Array.from({ length: end - begin }, (_, j) => Math.max(0, 1 - Math.abs(begin + j + 0.5 - centre) / reach));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { begin, weights: raw.map((weight) => weight / sum) };
  });
}

import { ArgumentError, type HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage } from '../float-image.ts';
import { resample } from './resample.ts';
import { type Interpolation, placesFor, sampleAt } from './sample-at.ts';

/** Options of {@link resize}. */
export interface ResizeOptions {
  /** Default `'bilinear'`. */
  readonly interpolation?: Interpolation | undefined;
  /** Whether `'bilinear'` smooths first where the image gets smaller, as PIL does. Default false. */
  readonly antialias?: boolean | undefined;
}

/**
 * The image in another size. Bilinear places pixel centres as PyTorch does with `align_corners=False`; where the image gets smaller,
 * `antialias` says whether every pixel counts, or the four around each place alone.
 *
 * @param image - float32 `[c, h, w]`
 * @param size - `[height, width]` of the result
 * @throws {@link ShapeError} for another image
 * @throws {@link ArgumentError} when the size is not of positive integers
 * @example
 * resize({ shape: [1, 1, 2], dtype: 'float32', data: new Float32Array([0, 1]) }, [1, 4]).data // Float32Array [0, 0.25, 0.75, 1]
 */
export function resize(
  image: HostTensor,
  [height, width]: readonly [number, number],
  { interpolation = 'bilinear', antialias = false }: ResizeOptions = {},
): FloatImage {
  const from = checkImage('resize', image);
  if (![height, width].every((extent) => Number.isInteger(extent) && extent > 0)) {
    throw new ArgumentError('resize', `size must be of positive integers, got ${height}×${width}`);
  }
  if (antialias && interpolation === 'bilinear') return resample(from, [height, width]);
  const rows = placesAlong(height, from.shape[1], interpolation);
  const columns = placesAlong(width, from.shape[2], interpolation);
  const places = placesFor(height * width);
  for (let row = 0; row < height; row++) {
    places.xs.set(columns, row * width);
    places.ys.fill(rows[row], row * width, (row + 1) * width);
  }
  return sampleAt('resize', from, [height, width], places, { interpolation });
}

/** Where each of `count` pixels is read along an axis of `extent`. */
function placesAlong(count: number, extent: number, interpolation: Interpolation): Float64Array {
  const step = extent / count;
  return Float64Array.from({ length: count }, (_, i) =>
    interpolation === 'nearest' ? Math.floor(i * step) : Math.min(extent - 1, Math.max(0, (i + 0.5) * step - 0.5)),
  );
}

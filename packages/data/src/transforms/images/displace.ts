import { ArgumentError, type HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage } from '../float-image.ts';
import { placesFor, type SamplingOptions, sampleAt } from './sample-at.ts';

/** A step for each pixel, row by row. */
export interface Displacement {
  /** Pixels to the right, `h * w`. */
  readonly dx: ArrayLike<number>;
  /** Pixels down, `h * w`. */
  readonly dy: ArrayLike<number>;
}

/**
 * Reads each pixel a step away from its place: torchvision's `elastic_transform`, with the displacement in pixels.
 *
 * @param image - float32 `[c, h, w]`
 * @returns same shape
 * @throws {@link ShapeError} for another image
 * @throws {@link ArgumentError} when there is not one step a pixel, or `fill` does not fit the channels
 * @example
 * const image = { shape: [1, 1, 3], dtype: 'float32', data: new Float32Array([1, 2, 3]) } as const;
 * displace(image, { dx: [1, 0.5, -2], dy: [0, 0, 0] }).data // Float32Array [2, 2.5, 1]
 */
export function displace(
  image: HostTensor,
  { dx, dy }: Displacement,
  { interpolation = 'bilinear', fill }: SamplingOptions = {},
): FloatImage {
  const from = checkImage('displace', image);
  const [, height, width] = from.shape;
  const size = height * width;
  if (dx.length !== size || dy.length !== size) {
    throw new ArgumentError(
      'displace',
      `there must be one step a pixel, got ${dx.length} and ${dy.length} for ${height}×${width}`,
    );
  }
  const places = placesFor(size);
  const { xs, ys } = places;
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      xs[i] = column + dx[i];
      ys[i] = row + dy[i];
    }
  }
  return sampleAt('displace', from, [height, width], places, { interpolation, fill });
}

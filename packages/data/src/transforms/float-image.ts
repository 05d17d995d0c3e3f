import { formatShape, type HostTensor, ShapeError, sizeOf } from '@dl/kernels';

/** One image on the host. What changes images returns a new one, and leaves the old one as it is. */
export interface FloatImage extends HostTensor {
  /** `[c, h, w]`. */
  readonly shape: readonly [number, number, number];
  readonly dtype: 'float32';
  readonly data: Float32Array;
}

/**
 * `image` as a {@link FloatImage}.
 *
 * @throws ShapeError when it is not float32 `[c, h, w]`, or its data do not fill the shape
 */
export function checkImage(op: string, { shape, dtype, data }: HostTensor): FloatImage {
  if (shape.length !== 3 || !(data instanceof Float32Array) || data.length !== sizeOf(shape)) {
    throw new ShapeError(op, `an image must be float32 [c, h, w], got ${dtype} ${formatShape(shape)} of ${data.length} elements`);
  }
  return { shape: [shape[0], shape[1], shape[2]], dtype: 'float32', data };
}

/** An image of zeros. */
export function emptyImage(channels: number, height: number, width: number): FloatImage {
  return { shape: [channels, height, width], dtype: 'float32', data: new Float32Array(channels * height * width) };
}

/** The image whose every number is `fn` of one of `image`. */
export function mapPixels({ shape, dtype, data }: FloatImage, fn: (value: number, index: number) => number): FloatImage {
  return { shape, dtype, data: data.map(fn) };
}

import type { HostTensor } from '@dl/kernels';
import type { FloatImage } from '../float-image.ts';
import { affine } from './affine.ts';
import type { SamplingOptions } from './sample-at.ts';

/**
 * The image turned about its centre, in a frame of the same size.
 *
 * @param image - float32 `[c, h, w]`
 * @param angle - degrees, counterclockwise
 * @throws {@link ShapeError} for another image
 * @throws {@link ArgumentError} when the angle is not finite, or `fill` does not fit the channels
 * @example
 * const image = { shape: [1, 2, 2], dtype: 'float32', data: new Float32Array([1, 2, 3, 4]) } as const;
 * rotate(image, 90).data // Float32Array [2, 4, 1, 3]
 */
export function rotate(image: HostTensor, angle: number, options: SamplingOptions = {}): FloatImage {
  return affine(image, { ...options, angle: -angle });
}

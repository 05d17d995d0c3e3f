import type { Tensor } from '../../core/tensor.ts';
import { checkVolume } from '../conv/check-volume.ts';
import { type NumberOrTriple, planeOf, tripleOf } from '../conv/triple.ts';
import { adaptiveMaxPool2d } from './adaptive-max-pool2d.ts';
import { alongDepth, inSlices } from './along-depth.ts';

/**
 * Max pooling of volumes to a given size: {@link adaptiveMaxPool2d} in each slice, and then along the depth.
 *
 * @param x - `[n, c, d, h, w]`, float
 * @param size - depth, height and width of the result
 * @returns `[n, c, ...size]`
 * @throws {@link ShapeError} for another rank or nothing to pool
 * @throws {@link ArgumentError} for a size that is not positive
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await adaptiveMaxPool3d(tensor([[[[[1, 5]], [[7, 3]]]]]), 1).array() // [[[[[7]]]]]
 */
export function adaptiveMaxPool3d(x: Tensor, size: NumberOrTriple): Tensor {
  checkVolume('adaptiveMaxPool3d', 'x', x, '[n, c, d, h, w]');
  const wanted = tripleOf(size);
  const planes = inSlices(x, (images) => adaptiveMaxPool2d(images, planeOf(wanted)));
  return alongDepth(planes, (images) => adaptiveMaxPool2d(images, [wanted[0], images.shape[3]]));
}

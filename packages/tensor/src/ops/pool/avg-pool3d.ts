import type { Tensor } from '../../core/tensor.ts';
import { checkTriple, checkVolume } from '../conv/check-volume.ts';
import { type NumberOrTriple, planeOf, tripleOf } from '../conv/triple.ts';
import { alongDepth, inSlices } from './along-depth.ts';
import { avgPool2d } from './avg-pool2d.ts';
import type { Pool3dOptions } from './max-pool3d.ts';

/** Options of {@link avgPool3d}. */
export interface AvgPool3dOptions extends Pool3dOptions {
  /** Whether the zeros of the padding count in the mean. Default `true`. */
  readonly countIncludePad?: boolean | undefined;
}

/**
 * The mean of each window of a volume: a mean over its slices and then over its depth, so it is {@link avgPool2d} twice.
 *
 * @param x - `[n, c, d, h, w]`, float
 * @returns `[n, c, od, oh, ow]`
 * @throws {@link ShapeError}, {@link ArgumentError} and {@link DTypeError} as {@link avgPool2d}
 * @example
 * await avgPool3d(tensor([[[[[1, 5]], [[7, 3]]]]]), [2, 1, 2]).array() // [[[[[4]]]]]
 */
export function avgPool3d(x: Tensor, kernelSize: NumberOrTriple, options: AvgPool3dOptions = {}): Tensor {
  checkVolume('avgPool3d', 'x', x, '[n, c, d, h, w]');
  const kernel = tripleOf(kernelSize);
  const [stride, padding] = [tripleOf(options.stride ?? kernel), tripleOf(options.padding ?? 0)];
  checkTriple('avgPool3d', 'kernelSize', kernel, 1);
  checkTriple('avgPool3d', 'stride', stride, 1);
  const { ceilMode, countIncludePad } = options;
  const planes = inSlices(x, (images) =>
    avgPool2d(images, planeOf(kernel), { stride: planeOf(stride), padding: planeOf(padding), ceilMode, countIncludePad }),
  );
  return alongDepth(planes, (images) =>
    avgPool2d(images, [kernel[0], 1], { stride: [stride[0], 1], padding: [padding[0], 0], ceilMode, countIncludePad }),
  );
}

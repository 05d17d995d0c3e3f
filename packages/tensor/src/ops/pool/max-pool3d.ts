import type { Tensor } from '../../core/tensor.ts';
import { checkTriple, checkVolume } from '../conv/check-volume.ts';
import { type NumberOrTriple, planeOf, tripleOf } from '../conv/triple.ts';
import { alongDepth, inSlices } from './along-depth.ts';
import { maxPool2d } from './max-pool2d.ts';

/** How a 3-D pooling window slides: a number serves all three axes, a triple says `[depth, height, width]`. */
export interface Pool3dOptions {
  /** Default: the kernel size, so that windows do not overlap. */
  readonly stride?: NumberOrTriple | undefined;
  /** On both sides, at most half of the kernel; never part of a maximum. Default 0. */
  readonly padding?: NumberOrTriple | undefined;
  /** Whether a last window that hangs over the end counts. Default `false`. */
  readonly ceilMode?: boolean | undefined;
}

/** Options of {@link maxPool3d}. */
export interface MaxPool3dOptions extends Pool3dOptions {
  /** Distance between the voxels of a window. Default 1. */
  readonly dilation?: NumberOrTriple | undefined;
}

/**
 * The maximum of each window of a volume; of equal ones the first in row-major order takes the whole gradient. A maximum over a box is one
 * over its slices and then over its depth, so it is {@link maxPool2d} twice.
 *
 * @param x - `[n, c, d, h, w]`, float
 * @returns `[n, c, od, oh, ow]`
 * @throws {@link ShapeError}, {@link ArgumentError} and {@link DTypeError} as {@link maxPool2d}
 * @example
 * await maxPool3d(tensor([[[[[1, 5]], [[7, 2]]]]]), [2, 1, 2]).array() // [[[[[7]]]]]
 */
export function maxPool3d(x: Tensor, kernelSize: NumberOrTriple, options: MaxPool3dOptions = {}): Tensor {
  checkVolume('maxPool3d', 'x', x, '[n, c, d, h, w]');
  const kernel = tripleOf(kernelSize);
  const [stride, padding] = [tripleOf(options.stride ?? kernel), tripleOf(options.padding ?? 0)];
  const dilation = tripleOf(options.dilation ?? 1);
  checkTriple('maxPool3d', 'kernelSize', kernel, 1);
  checkTriple('maxPool3d', 'stride', stride, 1);
  const { ceilMode } = options;
  const planes = inSlices(x, (images) =>
    maxPool2d(images, planeOf(kernel), {
      stride: planeOf(stride),
      padding: planeOf(padding),
      dilation: planeOf(dilation),
      ceilMode,
    }),
  );
  return alongDepth(planes, (images) =>
    maxPool2d(images, [kernel[0], 1], { stride: [stride[0], 1], padding: [padding[0], 0], dilation: [dilation[0], 1], ceilMode }),
  );
}

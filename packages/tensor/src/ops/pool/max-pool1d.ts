import type { Tensor } from '../../core/tensor.ts';
import { squeeze } from '../layout/squeeze.ts';
import { asImage } from './as-image.ts';
import { maxPool2d } from './max-pool2d.ts';
import { alongWidth } from './pool-options.ts';

/** How a 1-D pooling window slides. */
export interface MaxPool1dOptions {
  /** Default: the kernel size. */
  readonly stride?: number | undefined;
  /** On both sides, at most half of the kernel; never part of a maximum. Default 0. */
  readonly padding?: number | undefined;
  /** Distance between the elements of a window. Default 1. */
  readonly dilation?: number | undefined;
  /** Whether a last window that hangs over the end counts. Default `false`. */
  readonly ceilMode?: boolean | undefined;
}

/**
 * The maximum of each window along the last axis: {@link maxPool2d} of an image of height 1.
 *
 * @param x - `[n, c, l]`, float
 * @returns `[n, c, ol]` with $ol = \lfloor (l + 2p - d(k - 1) - 1) / s \rfloor + 1$, or rounded up with `ceilMode`
 * @throws {@link ShapeError}, {@link ArgumentError} and {@link DTypeError} as {@link maxPool2d}
 * @example
 * await maxPool1d(tensor([[[1, 3, 2, 5]]]), 2).array() // [[[3, 5]]]
 */
export function maxPool1d(x: Tensor, kernelSize: number, options: MaxPool1dOptions = {}): Tensor {
  const { stride, padding, dilation, ceilMode } = options;
  const y = maxPool2d(asImage('maxPool1d', x), [1, kernelSize], {
    stride: alongWidth(stride, 1),
    padding: alongWidth(padding, 0),
    dilation: alongWidth(dilation, 1),
    ceilMode,
  });
  return squeeze(y, 2);
}

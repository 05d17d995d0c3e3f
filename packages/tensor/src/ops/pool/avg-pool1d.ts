import type { Tensor } from '../../core/tensor.ts';
import { squeeze } from '../layout/squeeze.ts';
import { asImage } from './as-image.ts';
import { avgPool2d } from './avg-pool2d.ts';
import { alongWidth } from './pool-options.ts';

/** Options of {@link avgPool1d}. */
export interface AvgPool1dOptions {
  /** Default: the kernel size. */
  readonly stride?: number | undefined;
  /** On both sides, at most half of the kernel. Default 0. */
  readonly padding?: number | undefined;
  /** Whether a last window that hangs over the end counts. Default `false`. */
  readonly ceilMode?: boolean | undefined;
  /** Whether the zeros of the padding count in the mean. Default `true`. */
  readonly countIncludePad?: boolean | undefined;
}

/**
 * The mean of each window along the last axis: {@link avgPool2d} of an image of height 1.
 *
 * @param x - `[n, c, l]`, float
 * @returns `[n, c, ol]` with $ol = \lfloor (l + 2p - k) / s \rfloor + 1$, or rounded up with `ceilMode`
 * @throws {@link ShapeError}, {@link ArgumentError} and {@link DTypeError} as {@link avgPool2d}
 * @example
 * await avgPool1d(tensor([[[1, 3, 2, 5]]]), 2).array() // [[[2, 3.5]]]
 */
export function avgPool1d(x: Tensor, kernelSize: number, options: AvgPool1dOptions = {}): Tensor {
  const { stride, padding, ceilMode, countIncludePad } = options;
  const y = avgPool2d(asImage('avgPool1d', x), [1, kernelSize], {
    stride: alongWidth(stride, 1),
    padding: alongWidth(padding, 0),
    ceilMode,
    countIncludePad,
  });
  return squeeze(y, 2);
}

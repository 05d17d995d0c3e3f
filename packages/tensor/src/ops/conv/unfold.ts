import { formatShape, type Pair, pool2dShape, type Shape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { pad } from '../layout/pad.ts';
import { reshape } from '../layout/reshape.ts';
import { slice } from '../layout/slice.ts';
import { stack } from '../layout/stack.ts';
import { type NumberOrPair, pairOf } from './pair.ts';

/** How the windows of {@link unfold} and {@link fold} slide: a number serves height and width, a pair says `[height, width]`. */
export interface UnfoldOptions {
  /** Default 1. */
  readonly stride?: NumberOrPair | undefined;
  /** Zeros on both sides. Default 0. */
  readonly padding?: NumberOrPair | undefined;
  /** Distance between the pixels of a window. Default 1. */
  readonly dilation?: NumberOrPair | undefined;
}

/** What {@link unfold} and {@link fold} share: all attributes, and how many windows there are each way. */
export interface Windows {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly count: Pair;
}

/** The windows over images of a shape. */
export function windowsOver(op: string, x: Shape, kernelSize: NumberOrPair, options: UnfoldOptions): Windows {
  const [kernel, stride] = [pairOf(kernelSize), pairOf(options.stride ?? 1)];
  const [padding, dilation] = [pairOf(options.padding ?? 0), pairOf(options.dilation ?? 1)];
  if (x.length !== 4) throw new ShapeError(op, `x must have 4 axes [n, c, h, w], got ${x.length} (x ${formatShape(x)})`);
  const padded = [x[0], x[1], x[2] + 2 * padding[0], x[3] + 2 * padding[1]];
  const [, , rows, columns] = pool2dShape(op, padded, {
    kernelSize: kernel,
    stride,
    padding: [0, 0],
    dilation,
    ceilMode: false,
  });
  return { kernel, stride, padding, dilation, count: [rows, columns] };
}

/**
 * The windows of an image as columns (im2col): a convolution is the product of the weights as a matrix with them.
 *
 * @param x - `[n, c, h, w]`
 * @returns `[n, c * kh * kw, oh * ow]`: column $i \cdot ow + j$ holds the window whose first pixel is $(s i - p, s j - p)$, channel by channel,
 * row by row
 * @throws {@link ShapeError} for another rank, or a window that does not fit in the padded image
 * @throws {@link ArgumentError} for an option outside its domain
 * @example
 * await unfold(tensor([[[[1, 2, 3], [4, 5, 6]]]]), 2).array() // [[[1, 2], [2, 3], [4, 5], [5, 6]]]
 */
export function unfold(x: Tensor, kernelSize: NumberOrPair, options: UnfoldOptions = {}): Tensor {
  const { kernel, stride, padding, dilation, count } = windowsOver('unfold', x.shape, kernelSize, options);
  const padded = pad(x, [
    [0, 0],
    [0, 0],
    [padding[0], padding[0]],
    [padding[1], padding[1]],
  ]);
  const range = (axis: 0 | 1, tap: number): [number, number, number] => {
    const first = tap * dilation[axis];
    return [first, first + (count[axis] - 1) * stride[axis] + 1, stride[axis]];
  };
  const taps = Array.from({ length: kernel[0] * kernel[1] }, (_, at) =>
    slice(padded, [null, null, range(0, Math.floor(at / kernel[1])), range(1, at % kernel[1])]),
  );
  return reshape(stack(taps, 2), [x.shape[0], x.shape[1] * taps.length, count[0] * count[1]]);
}

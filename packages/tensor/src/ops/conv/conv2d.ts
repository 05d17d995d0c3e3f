import { ArgumentError, type Conv2dAttrs, type Pair, type Shape } from '@dl/kernels';
import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { pad } from '../layout/pad.ts';
import { addBias } from './add-bias.ts';
import { conv2dOp } from './conv2d-ops.ts';
import { type NumberOrPair, pairOf } from './pair.ts';

/** Options of {@link conv2d}: a number serves height and width, a pair says `[height, width]`. */
export interface Conv2dOptions {
  /** `[o]`, added to every pixel of a channel. */
  readonly bias?: Tensor | undefined;
  /** Default 1. */
  readonly stride?: NumberOrPair | undefined;
  /** Zeros on both sides; `'valid'` is 0, `'same'` keeps the image's size (stride 1 only; an odd zero goes to the end). Default 0. */
  readonly padding?: NumberOrPair | 'same' | 'valid' | undefined;
  /** Distance between the taps of the kernel. Default 1. */
  readonly dilation?: NumberOrPair | undefined;
  /** Channels in separate groups; as many as channels is a depthwise convolution. Default 1. */
  readonly groups?: number | undefined;
}

/**
 * 2-D convolution, as in every framework a cross-correlation:
 * $y_{n,o,i,j} = b_o + \sum_{c,k,l} w_{o,c,k,l} \, x_{n,\,c,\,s i + d k - p,\,s j + d l - p}$, with zeros outside the image.
 *
 * @param x - `[n, c, h, w]`
 * @param weight - `[o, c / groups, kh, kw]`
 * @returns `[n, o, oh, ow]` with $oh = \lfloor (h + 2p - d(kh - 1) - 1) / s \rfloor + 1$
 * @throws {@link ShapeError} when channels, groups or bias do not match, or the kernel does not fit in the padded image
 * @throws {@link ArgumentError} for a stride, padding, dilation or group count outside its domain, or `'same'` with a stride
 * @throws {@link DTypeError} unless all have one float dtype
 * @example
 * const x = tensor([[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]]);
 * const edge = tensor([[[[1, -1]]]]);
 * await conv2d(x, edge).array() // [[[[-1, -1], [-1, -1], [-1, -1]]]]
 * conv2d(x, edge, { padding: 'same' }).shape // [1, 1, 3, 3]
 * @see LeCun et al., 1989
 */
export function conv2d(x: Tensor, weight: Tensor, options: Conv2dOptions = {}): Tensor {
  const { bias, stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  const attrs = { stride: pairOf(stride), dilation: pairOf(dilation), groups };
  const y =
    padding === 'same'
      ? convolveSame(x, weight, { ...attrs, padding: [0, 0] })
      : apply(conv2dOp, [x, weight], { ...attrs, padding: padding === 'valid' ? [0, 0] : pairOf(padding) });
  return addBias('conv2d', y, bias);
}

function convolveSame(x: Tensor, weight: Tensor, attrs: Conv2dAttrs): Tensor {
  if (attrs.stride.some((stride) => stride !== 1)) {
    throw new ArgumentError('conv2d', `padding 'same' must go with stride 1, got stride ${attrs.stride.join(' by ')}`);
  }
  const totals = reach(weight.shape, attrs.dilation);
  if (x.rank !== 4 || totals.every((total) => total % 2 === 0)) {
    return apply(conv2dOp, [x, weight], { ...attrs, padding: [Math.floor(totals[0] / 2), Math.floor(totals[1] / 2)] });
  }
  const sides = totals.map((total): Pair => [Math.floor(total / 2), Math.ceil(total / 2)]);
  return apply(conv2dOp, [pad(x, [[0, 0], [0, 0], ...sides]), weight], attrs);
}

/** How much larger an image must be than the output: what the kernel reaches beyond its first tap. */
function reach(weight: Shape, dilation: Pair): Pair {
  return [dilation[0] * ((weight[2] ?? 1) - 1), dilation[1] * ((weight[3] ?? 1) - 1)];
}

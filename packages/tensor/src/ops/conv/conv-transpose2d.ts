import { convTranspose2dShape, type Pair } from '@dl/kernels';
import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { pad } from '../layout/pad.ts';
import { oneFloat } from '../linear/one-float.ts';
import { addBias } from './add-bias.ts';
import { conv2dInputGradOp } from './conv2d-ops.ts';
import { type NumberOrPair, pairOf } from './pair.ts';

/** Options of {@link convTranspose2d}: those of the convolution that it transposes. */
export interface ConvTranspose2dOptions {
  /** `[o]`, added to every pixel of a channel. */
  readonly bias?: Tensor | undefined;
  /** Distance at which the input's pixels are laid out. Default 1. */
  readonly stride?: NumberOrPair | undefined;
  /** Cut off on both sides of the output. Default 0. */
  readonly padding?: NumberOrPair | undefined;
  /** Rows and columns added at the end of the output; below stride or dilation. Default 0. */
  readonly outputPadding?: NumberOrPair | undefined;
  /** Distance between the taps of the kernel. Default 1. */
  readonly dilation?: NumberOrPair | undefined;
  /** Channels in separate groups. Default 1. */
  readonly groups?: number | undefined;
}

/**
 * Transposed 2-D convolution, the adjoint of {@link conv2d}:
 * $y_{n,\,o,\,s i + d k - p,\,s j + d l - p} \mathrel{+}= w_{c,o,k,l} \, x_{n,c,i,j}$, then the bias.
 *
 * @param x - `[n, c, h, w]`
 * @param weight - `[c, o / groups, kh, kw]`: the weight of the convolution from `o` to `c` channels
 * @returns `[n, o, oh, ow]` with $oh = (h - 1)s - 2p + d(kh - 1) + 1 + \text{outputPadding}$
 * @throws {@link ShapeError} when channels, groups or bias do not match, or nothing is left of the output
 * @throws {@link ArgumentError} for an option outside its domain
 * @throws {@link DTypeError} unless all have one float dtype
 * @example
 * const x = tensor([[[[1, 2]]]]);
 * await convTranspose2d(x, tensor([[[[1, 10]]]]), { stride: [1, 2] }).array() // [[[[1, 10, 2, 20]]]]
 * @see Zeiler et al., Deconvolutional networks, 2010
 */
export function convTranspose2d(x: Tensor, weight: Tensor, options: ConvTranspose2dOptions = {}): Tensor {
  const { bias, stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1 } = options;
  const attrs = { stride: pairOf(stride), padding: pairOf(padding), dilation: pairOf(dilation), groups };
  const extra = pairOf(outputPadding);
  oneFloat('convTranspose2d', x, weight);
  const shape = convTranspose2dShape('convTranspose2d', x.shape, weight.shape, attrs, extra);
  // Output padding of a whole stride or more (a larger dilation allows it) is room for one more pixel of x, which is then 0.
  const sides = extra.map((amount, axis): Pair => [0, Math.floor(amount / attrs.stride[axis])]);
  const y = apply(conv2dInputGradOp, [pad(x, [[0, 0], [0, 0], ...sides]), weight], { ...attrs, shape });
  return addBias('convTranspose2d', y, bias);
}

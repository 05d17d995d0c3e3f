import { formatShape, type Pair, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { squeeze } from '../layout/squeeze.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { convTranspose2d } from './conv-transpose2d.ts';

/** Options of {@link convTranspose1d}: those of the convolution that it transposes. */
export interface ConvTranspose1dOptions {
  /** `[o]`. */
  readonly bias?: Tensor | undefined;
  /** Distance at which the input's elements are laid out. Default 1. */
  readonly stride?: number | undefined;
  /** Cut off on both sides of the output. Default 0. */
  readonly padding?: number | undefined;
  /** Added at the end of the output; below stride or dilation. Default 0. */
  readonly outputPadding?: number | undefined;
  /** Distance between the taps of the kernel. Default 1. */
  readonly dilation?: number | undefined;
  /** Channels in separate groups. Default 1. */
  readonly groups?: number | undefined;
}

/**
 * Transposed 1-D convolution, the adjoint of {@link conv1d}: {@link convTranspose2d} of an image of height 1.
 *
 * @param x - `[n, c, l]`
 * @param weight - `[c, o / groups, k]`
 * @returns `[n, o, ol]` with $ol = (l - 1)s - 2p + d(k - 1) + 1 + \text{outputPadding}$
 * @throws {@link ShapeError} when ranks, channels, groups or bias do not match, or nothing is left of the output
 * @throws {@link ArgumentError} and {@link DTypeError} as {@link convTranspose2d}
 * @example
 * await convTranspose1d(tensor([[[1, 2]]]), tensor([[[1, 10]]]), { stride: 2 }).array() // [[[1, 10, 2, 20]]]
 */
export function convTranspose1d(x: Tensor, weight: Tensor, options: ConvTranspose1dOptions = {}): Tensor {
  const { bias, stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups } = options;
  for (const [name, operand, axes] of [
    ['x', x, '[n, c, l]'],
    ['weight', weight, '[c, o / groups, k]'],
  ] as const) {
    if (operand.rank !== 3) {
      throw new ShapeError(
        'convTranspose1d',
        `${name} must have 3 axes ${axes}, got ${operand.rank} (${name} ${formatShape(operand.shape)})`,
      );
    }
  }
  const along = (value: number, across: number): Pair => [across, value];
  const y = convTranspose2d(unsqueeze(x, 2), unsqueeze(weight, 2), {
    bias,
    stride: along(stride, 1),
    padding: along(padding, 0),
    outputPadding: along(outputPadding, 0),
    dilation: along(dilation, 1),
    groups,
  });
  return squeeze(y, 2);
}

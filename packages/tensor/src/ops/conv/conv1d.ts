import { formatShape, type Pair, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { squeeze } from '../layout/squeeze.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { conv2d } from './conv2d.ts';

/** Options of {@link conv1d}. */
export interface Conv1dOptions {
  /** `[o]`. */
  readonly bias?: Tensor | undefined;
  /** Default 1. */
  readonly stride?: number | undefined;
  /** Zeros on both sides, `'valid'` for 0 or `'same'` to keep the length (stride 1 only). Default 0. */
  readonly padding?: number | 'same' | 'valid' | undefined;
  /** Distance between the taps of the kernel. Default 1. */
  readonly dilation?: number | undefined;
  /** Channels in separate groups. Default 1. */
  readonly groups?: number | undefined;
}

/**
 * 1-D convolution, $y_{n,o,i} = b_o + \sum_{c,k} w_{o,c,k} \, x_{n,\,c,\,s i + d k - p}$: {@link conv2d} of an image of height 1.
 *
 * @param x - `[n, c, l]`
 * @param weight - `[o, c / groups, k]`
 * @returns `[n, o, ol]` with $ol = \lfloor (l + 2p - d(k - 1) - 1) / s \rfloor + 1$
 * @throws {@link ShapeError} when ranks, channels, groups or bias do not match, or the kernel does not fit
 * @throws {@link ArgumentError} and {@link DTypeError} as {@link conv2d}
 * @example
 * await conv1d(tensor([[[1, 2, 4, 8]]]), tensor([[[1, 1]]]), { stride: 2 }).array() // [[[3, 12]]]
 */
export function conv1d(x: Tensor, weight: Tensor, options: Conv1dOptions = {}): Tensor {
  const { bias, stride = 1, padding = 0, dilation = 1, groups } = options;
  for (const [name, operand, axes] of [
    ['x', x, '[n, c, l]'],
    ['weight', weight, '[o, c / groups, k]'],
  ] as const) {
    if (operand.rank !== 3) {
      throw new ShapeError(
        'conv1d',
        `${name} must have 3 axes ${axes}, got ${operand.rank} (${name} ${formatShape(operand.shape)})`,
      );
    }
  }
  const along = (value: number, across: number): Pair => [across, value];
  const y = conv2d(unsqueeze(x, 2), unsqueeze(weight, 2), {
    bias,
    stride: along(stride, 1),
    padding: typeof padding === 'number' ? along(padding, 0) : padding,
    dilation: along(dilation, 1),
    groups,
  });
  return squeeze(y, 2);
}

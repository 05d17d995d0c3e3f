import { ArgumentError, formatShape, type Pair, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { hostIndex } from '../indexing/host-index.ts';
import { indexSelect } from '../indexing/index-select.ts';
import { pad } from '../layout/pad.ts';
import { permute } from '../layout/permute.ts';
import { reshape } from '../layout/reshape.ts';
import { addBias } from './add-bias.ts';
import { checkTriple, checkVolume } from './check-volume.ts';
import { conv2d } from './conv2d.ts';
import { type NumberOrTriple, planeOf, type Triple, tripleOf } from './triple.ts';

/** Options of {@link conv3d}: a number serves all three axes, a triple says `[depth, height, width]`. */
export interface Conv3dOptions {
  /** `[o]`, added to every voxel of a channel. */
  readonly bias?: Tensor | undefined;
  /** Default 1. */
  readonly stride?: NumberOrTriple | undefined;
  /** Zeros on both sides; `'valid'` is 0, `'same'` keeps the volume's size (stride 1 only; an odd zero goes to the end). Default 0. */
  readonly padding?: NumberOrTriple | 'same' | 'valid' | undefined;
  /** Distance between the taps of the kernel. Default 1. */
  readonly dilation?: NumberOrTriple | undefined;
  /** Channels in separate groups. Default 1. */
  readonly groups?: number | undefined;
}

/**
 * 3-D convolution of volumes and videos,
 * $y_{n,o,t,i,j} = b_o + \sum_{c,m,k,l} w_{o,c,m,k,l} \, x_{n,\,c,\,s t + d m - p,\,s i + d k - p,\,s j + d l - p}$, with zeros outside.
 *
 * The slices that the kernel sees at once become channels, and the depths of the result images of their own: it is one {@link conv2d}.
 *
 * @param x - `[n, c, d, h, w]`
 * @param weight - `[o, c / groups, kd, kh, kw]`
 * @returns `[n, o, od, oh, ow]` with $od = \lfloor (d + 2p - d(kd - 1) - 1) / s \rfloor + 1$
 * @throws {@link ShapeError} when ranks, channels, groups or bias do not match, or the kernel does not fit
 * @throws {@link ArgumentError} and {@link DTypeError} as {@link conv2d}
 * @example
 * const x = tensor([[[[[1]], [[2]], [[4]]]]]);
 * await conv3d(x, tensor([[[[[1]], [[1]]]]])).array() // [[[[[3]], [[6]]]]]
 */
export function conv3d(x: Tensor, weight: Tensor, options: Conv3dOptions = {}): Tensor {
  const { bias, padding = 0, groups } = options;
  const [stride, dilation] = [tripleOf(options.stride ?? 1), tripleOf(options.dilation ?? 1)];
  checkVolume('conv3d', 'x', x, '[n, c, d, h, w]');
  checkVolume('conv3d', 'weight', weight, '[o, c / groups, kd, kh, kw]');
  checkTriple('conv3d', 'stride', stride, 1);
  checkTriple('conv3d', 'dilation', dilation, 1);
  if (padding === 'same') {
    if (stride.some((step) => step !== 1)) {
      throw new ArgumentError('conv3d', `padding 'same' must go with stride 1, got stride ${stride.join(' by ')}`);
    }
    const sides = weight.shape.slice(2).map((extent, axis): Pair => {
      const total = dilation[axis] * (extent - 1);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
    return conv3d(pad(x, [[0, 0], [0, 0], ...sides]), weight, { ...options, padding: 0 });
  }
  const zeros = tripleOf(padding === 'valid' ? 0 : padding);
  checkTriple('conv3d', 'padding', zeros, 0);
  const [n, c] = x.shape;
  const [o, perGroup, kd, kh, kw] = weight.shape;
  const windows = depthWindows(x, weight, stride[0], zeros, dilation[0]);
  const od = windows.shape[0] / n;
  const [, , h, w] = windows.shape;
  const y = conv2d(reshape(windows, [n * od, c * kd, h, w]), reshape(weight, [o, perGroup * kd, kh, kw]), {
    stride: planeOf(stride),
    padding: planeOf(zeros),
    dilation: planeOf(dilation),
    groups,
  });
  const [, , oh, ow] = y.shape;
  return addBias('conv3d', permute(reshape(y, [n, od, o, oh, ow]), [0, 2, 1, 3, 4]), bias);
}

/** `[n * od, c * kd, h, w]`: for each depth of the result the slices that the kernel sees, as channels. */
function depthWindows(x: Tensor, weight: Tensor, stride: number, padding: Triple, dilation: number): Tensor {
  const [n, c, depth, h, w] = x.shape;
  const kd = weight.shape[2];
  const padded = depth + 2 * padding[0];
  const reach = dilation * (kd - 1) + 1;
  if (reach > padded || kd < 1) {
    throw new ShapeError(
      'conv3d',
      `kernel must fit in the padded input, got ${reach} and ${padded} at axis 2 (x ${formatShape(x.shape)}, weight ${formatShape(weight.shape)})`,
    );
  }
  const od = Math.floor((padded - reach) / stride) + 1;
  const slices = Array.from({ length: od * kd }, (_, i) => Math.floor(i / kd) * stride + (i % kd) * dilation);
  const deep = pad(x, [
    [0, 0],
    [0, 0],
    [padding[0], padding[0]],
    [0, 0],
    [0, 0],
  ]);
  const windows = reshape(indexSelect(deep, hostIndex(x.backend, slices), 2), [n, c, od, kd, h, w]);
  return reshape(permute(windows, [0, 2, 1, 3, 4, 5]), [n * od, c * kd, h, w]);
}

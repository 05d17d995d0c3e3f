import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { hostIndex } from '../indexing/host-index.ts';
import { indexAdd } from '../indexing/index-add.ts';
import { permute } from '../layout/permute.ts';
import { reshape } from '../layout/reshape.ts';
import { slice } from '../layout/slice.ts';
import { addBias } from './add-bias.ts';
import { checkTriple, checkVolume } from './check-volume.ts';
import { convTranspose2d } from './conv-transpose2d.ts';
import { type NumberOrTriple, planeOf, tripleOf } from './triple.ts';

/** Options of {@link convTranspose3d}: those of the convolution that it transposes. */
export interface ConvTranspose3dOptions {
  /** `[o]`, added to every voxel of a channel. */
  readonly bias?: Tensor | undefined;
  /** Distance at which the input's voxels are laid out. Default 1. */
  readonly stride?: NumberOrTriple | undefined;
  /** Cut off on both sides of the output. Default 0. */
  readonly padding?: NumberOrTriple | undefined;
  /** Added at the end of the output; below stride or dilation. Default 0. */
  readonly outputPadding?: NumberOrTriple | undefined;
  /** Distance between the taps of the kernel. Default 1. */
  readonly dilation?: NumberOrTriple | undefined;
  /** Channels in separate groups. Default 1. */
  readonly groups?: number | undefined;
}

/**
 * Transposed 3-D convolution, the adjoint of {@link conv3d}: one {@link convTranspose2d} of all slices, whose results are then laid
 * out and added up along the depth.
 *
 * @param x - `[n, c, d, h, w]`
 * @param weight - `[c, o / groups, kd, kh, kw]`
 * @returns `[n, o, od, oh, ow]` with $od = (d - 1)s - 2p + d(kd - 1) + 1 + \text{outputPadding}$
 * @throws {@link ShapeError} when ranks, channels, groups or bias do not match, or nothing is left of the output
 * @throws {@link ArgumentError} and {@link DTypeError} as {@link convTranspose2d}
 * @example
 * const x = tensor([[[[[1]], [[2]]]]]);
 * await convTranspose3d(x, tensor([[[[[1]], [[10]]]]])).array() // [[[[[1]], [[12]], [[20]]]]]
 */
export function convTranspose3d(x: Tensor, weight: Tensor, options: ConvTranspose3dOptions = {}): Tensor {
  const { bias, groups } = options;
  const [stride, padding] = [tripleOf(options.stride ?? 1), tripleOf(options.padding ?? 0)];
  const [dilation, extra] = [tripleOf(options.dilation ?? 1), tripleOf(options.outputPadding ?? 0)];
  checkVolume('convTranspose3d', 'x', x, '[n, c, d, h, w]');
  checkVolume('convTranspose3d', 'weight', weight, '[c, o / groups, kd, kh, kw]');
  checkTriple('convTranspose3d', 'stride', stride, 1);
  checkTriple('convTranspose3d', 'padding', padding, 0);
  checkTriple('convTranspose3d', 'dilation', dilation, 1);
  checkTriple('convTranspose3d', 'outputPadding', extra, 0);
  const [n, c, depth, h, w] = x.shape;
  const [, perGroup, kd, kh, kw] = weight.shape;
  if (extra[0] >= Math.max(stride[0], dilation[0])) {
    throw new ArgumentError(
      'convTranspose3d',
      `outputPadding must be below stride or dilation, got ${extra[0]} and ${stride[0]}, ${dilation[0]}`,
    );
  }
  const full = (depth - 1) * stride[0] + dilation[0] * (kd - 1) + 1 + extra[0];
  if (full - 2 * padding[0] < 1) {
    throw new ShapeError(
      'convTranspose3d',
      `output must not be empty, got ${full - 2 * padding[0]} at axis 2 (x ${formatShape(x.shape)}, weight ${formatShape(weight.shape)})`,
    );
  }
  const slices = reshape(permute(x, [0, 2, 1, 3, 4]), [n * depth, c, h, w]);
  const y = convTranspose2d(slices, reshape(weight, [weight.shape[0], perGroup * kd, kh, kw]), {
    stride: planeOf(stride),
    padding: planeOf(padding),
    outputPadding: planeOf(extra),
    dilation: planeOf(dilation),
    groups,
  });
  const [, columns, oh, ow] = y.shape;
  const o = columns / kd;
  const layers = reshape(permute(reshape(y, [n, depth, o, kd, oh, ow]), [0, 2, 1, 3, 4, 5]), [n, o, depth * kd, oh, ow]);
  const places = Array.from({ length: depth * kd }, (_, i) => Math.floor(i / kd) * stride[0] + (i % kd) * dilation[0]);
  const sums = indexAdd(hostIndex(x.backend, places), layers, 2, full);
  return addBias('convTranspose3d', slice(sums, [null, null, [padding[0], full - padding[0]]]), bias);
}

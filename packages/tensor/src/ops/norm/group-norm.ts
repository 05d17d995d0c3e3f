import { ArgumentError, formatShape, ShapeError, sizeOf } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { layerNorm } from './layer-norm.ts';
import { type AffineOptions, asPlanes, checkEps, vectorFor } from './norm-inputs.ts';
import { scaleShift } from './scale-shift.ts';

/**
 * Group normalisation: $y = w_c \, (x - \mu) / \sqrt{\sigma^2 + \varepsilon} + b_c$, with the mean and the biased variance over each group of
 * neighbouring channels of each example. One group is layer normalisation over channels and pixels, a group a channel is
 * {@link instanceNorm}.
 *
 * @param x - `[n, c, ...]`, float
 * @param groups - how many; they divide the channels
 * @param options - weight and bias, both `[c]`
 * @returns the shape of `x`
 * @throws {@link ShapeError} for fewer than two axes, channels that `groups` does not divide, or a vector that is not `[c]`
 * @throws {@link DTypeError} unless all have one float dtype
 * @throws {@link ArgumentError} unless `groups` is a positive integer, and for a negative `eps`
 * @example
 * await groupNorm(tensor([[1, 3, 10, 20]]), 2, { eps: 0 }).array() // [[-1, 1, -1, 1]]
 * @see Wu & He, Group normalization, 2018
 */
export function groupNorm(x: Tensor, groups: number, options: AffineOptions = {}): Tensor {
  const { weight, bias, eps = 1e-5 } = options;
  checkFloat('groupNorm', x.dtype);
  checkEps('groupNorm', eps);
  if (!Number.isInteger(groups) || groups < 1) {
    throw new ArgumentError('groupNorm', `groups must be a positive integer, got ${groups}`);
  }
  const planes = asPlanes('groupNorm', x);
  const [n, c, pixels] = planes;
  if (c % groups !== 0) {
    throw new ShapeError('groupNorm', `groups must divide the channels, got ${groups} (x ${formatShape(x.shape)})`);
  }
  const d = sizeOf([c / groups, pixels]);
  const unit = layerNorm(reshape(x, [n * groups, d]), d, { eps });
  if (weight === undefined && bias === undefined) return reshape(unit, x.shape);
  const scale = vectorFor('groupNorm', 'weight', x, weight, [c], 1);
  const shift = vectorFor('groupNorm', 'bias', x, bias, [c], 0);
  return reshape(scaleShift(reshape(unit, planes), scale, shift), x.shape);
}

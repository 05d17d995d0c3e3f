import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { rsqrt } from '../elementwise/rsqrt.ts';
import { reshape } from '../layout/reshape.ts';
import { type AffineOptions, asPlanes, checkEps, vectorFor } from './norm-inputs.ts';
import { scaleShift } from './scale-shift.ts';

/** Options of {@link batchNorm}. */
export interface BatchNormOptions extends AffineOptions {
  /** `[c]`: the running mean. */
  readonly mean: Tensor;
  /** `[c]`: the running variance. */
  readonly variance: Tensor;
}

/**
 * Batch normalisation by moments that are given, as in evaluation: $y = w_c \, (x - \mu_c) / \sqrt{\sigma_c^2 + \varepsilon} + b_c$, channel by
 * channel. Gradients flow to everything, the moments included.
 *
 * @param x - `[n, c, ...]`, float
 * @param options - moments, weight and bias, all `[c]`
 * @returns the shape of `x`
 * @throws {@link ShapeError} for fewer than two axes, or a vector that is not `[c]`
 * @throws {@link DTypeError} unless all have one float dtype
 * @throws {@link ArgumentError} for a negative `eps`
 * @example
 * const [mean, variance] = [tensor([1, 2]), tensor([4, 9])];
 * await batchNorm(tensor([[3, -1]]), { mean, variance, eps: 0 }).array() // [[1, -1]]
 * @see Ioffe & Szegedy, Batch normalization, 2015
 */
export function batchNorm(x: Tensor, options: BatchNormOptions): Tensor {
  const { mean, variance, weight, bias, eps = 1e-5 } = options;
  checkFloat('batchNorm', x.dtype);
  checkEps('batchNorm', eps);
  const planes = asPlanes('batchNorm', x);
  const [, c] = planes;
  const center = vectorFor('batchNorm', 'mean', x, mean, [c], 0);
  const inverse = rsqrt(add(vectorFor('batchNorm', 'variance', x, variance, [c], 1), eps));
  const scale = weight === undefined ? inverse : mul(vectorFor('batchNorm', 'weight', x, weight, [c], 1), inverse);
  const shift = sub(vectorFor('batchNorm', 'bias', x, bias, [c], 0), mul(center, scale));
  return reshape(scaleShift(reshape(x, planes), scale, shift), x.shape);
}

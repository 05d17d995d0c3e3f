import { formatShape, ShapeError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { tile } from '../layout/tile.ts';
import { batchNormTraining } from './batch-norm-training.ts';
import { type AffineOptions, asPlanes, checkEps, vectorFor } from './norm-inputs.ts';

/** What {@link instanceNorm} makes. */
export interface InstanceNormResult {
  /** The shape of `x`. */
  readonly output: Tensor;
  /** `[n, c]`: the mean of each plane. It carries no gradient: running statistics are made of it. */
  readonly mean: Tensor;
  /** `[n, c]`: the biased variance of each plane. It carries no gradient. */
  readonly variance: Tensor;
}

/**
 * Instance normalisation: $y = w_c \, (x - \mu_{nc}) / \sqrt{\sigma_{nc}^2 + \varepsilon} + b_c$, with the mean and the biased variance of each
 * channel of each example. The gradient goes through the moments.
 *
 * @param x - `[n, c, ...]`, float, with more than one value a channel of an example
 * @param options - weight and bias, both `[c]`
 * @returns the output, and the moments for running statistics
 * @throws {@link ShapeError} for fewer than two axes, a single value a plane, or a vector that is not `[c]`
 * @throws {@link DTypeError} unless all have one float dtype
 * @throws {@link ArgumentError} for a negative `eps`
 * @example
 * const { output, mean } = instanceNorm(tensor([[[1, 3], [10, 20]]]), { eps: 0 });
 * await output.array() // [[[-1, 1], [-1, 1]]]
 * await mean.array() // [[2, 15]]
 * @see Ulyanov, Vedaldi & Lempitsky, Instance normalization: the missing ingredient for fast stylization, 2016
 */
export function instanceNorm(x: Tensor, options: AffineOptions = {}): InstanceNormResult {
  const { weight, bias, eps = 1e-5 } = options;
  checkFloat('instanceNorm', x.dtype);
  checkEps('instanceNorm', eps);
  const [n, c, pixels] = asPlanes('instanceNorm', x);
  if (pixels < 2) {
    throw new ShapeError('instanceNorm', `there must be more than one value a plane, got ${pixels} (x ${formatShape(x.shape)})`);
  }
  // Each plane as a channel of one image, whose moments are then its own.
  const ofPlanes = (name: string, given: Tensor | undefined): Tensor | undefined =>
    given && tile(vectorFor('instanceNorm', name, x, given, [c], 0), [n]);
  const { output, mean, variance } = batchNormTraining(reshape(x, [1, n * c, pixels]), {
    weight: ofPlanes('weight', weight),
    bias: ofPlanes('bias', bias),
    eps,
  });
  return { output: reshape(output, x.shape), mean: reshape(mean, [n, c]), variance: reshape(variance, [n, c]) };
}

import { formatShape, ShapeError, sizeOf } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { applyFused } from '../../core/fused-op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { batchNormOp } from './batch-norm-op.ts';
import { type AffineOptions, asPlanes, checkEps, vectorFor } from './norm-inputs.ts';

/** What {@link batchNormTraining} makes. */
export interface BatchNormResult {
  /** The shape of `x`. */
  readonly output: Tensor;
  /** `[c]`: the mean of the batch. It carries no gradient: running statistics are made of it. */
  readonly mean: Tensor;
  /** `[c]`: the biased variance of the batch, $\frac{1}{m} \sum (x - \mu)^2$. It carries no gradient. */
  readonly variance: Tensor;
}

/**
 * Batch normalisation by the batch's own moments, as in training: $y = w_c \, (x - \mu_c) / \sqrt{\sigma_c^2 + \varepsilon} + b_c$, with the mean and
 * the biased variance of each channel over the batch and all pixels. The gradient goes through the moments.
 *
 * @param x - `[n, c, ...]`, float, with more than one value a channel
 * @param options - weight and bias, both `[c]`
 * @returns the output, and the moments for running statistics
 * @throws {@link ShapeError} for fewer than two axes, a single value a channel, or a vector that is not `[c]`
 * @throws {@link DTypeError} unless all have one float dtype
 * @throws {@link ArgumentError} for a negative `eps`
 * @example
 * const { output, mean, variance } = batchNormTraining(tensor([[1, 5], [3, 5]]), { eps: 0.0001 });
 * await output.array() // [[-1, 0], [1, 0]]
 * await mean.data() // Float32Array [2, 5]
 * await variance.data() // Float32Array [1, 0]
 * @see Ioffe & Szegedy, Batch normalization, 2015
 */
export function batchNormTraining(x: Tensor, options: AffineOptions = {}): BatchNormResult {
  const { weight, bias, eps = 1e-5 } = options;
  checkFloat('batchNormTraining', x.dtype);
  checkEps('batchNormTraining', eps);
  const planes = asPlanes('batchNormTraining', x);
  const [n, c, pixels] = planes;
  if (sizeOf([n, pixels]) < 2) {
    throw new ShapeError(
      'batchNormTraining',
      `there must be more than one value a channel, got ${n * pixels} (x ${formatShape(x.shape)})`,
    );
  }
  const [y, mean, variance] = applyFused(
    batchNormOp,
    [
      reshape(x, planes),
      vectorFor('batchNormTraining', 'weight', x, weight, [c], 1),
      vectorFor('batchNormTraining', 'bias', x, bias, [c], 0),
    ],
    { eps },
  );
  return { output: reshape(y, x.shape), mean, variance };
}

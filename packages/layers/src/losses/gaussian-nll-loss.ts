import { ArgumentError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { add, clamp, div, log, mul, square, sub, type Tensor, unsqueeze, withoutRecording } from '@dl/tensor';
import { checkFloats, checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/** Options of {@link gaussianNllLoss}. */
export interface GaussianNllLossOptions extends LossOptions {
  /** Whether the constant $\frac{1}{2} \ln 2 \pi$ is added. Default `false`. */
  readonly full?: boolean | undefined;
  /** The least variance; the gradient passes below it, too. Default 1e-6. */
  readonly eps?: number | undefined;
}

/**
 * Negative log-likelihood of normal numbers, $\ell_i = \frac{1}{2} \big(\ln \sigma_i^2 + (x_i - y_i)^2 / \sigma_i^2\big)$, for means and variances
 * that are both predicted: large errors cost less where a large variance admits them.
 *
 * @param input - means, any shape `[...]`, float
 * @param target - same shape and dtype
 * @param variance - same shape, or without the last axis, or with extent 1 there; same dtype, not negative
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes do not fit
 * @throws {@link DTypeError} unless all have one float dtype
 * @throws {@link ArgumentError} unless `eps` is above 0
 * @example
 * await gaussianNllLoss(tensor([0, 2]), tensor([0, 0]), tensor([1, 4])).item() // 0.5966
 * @see Nix & Weigend, Estimating the mean and variance of the target probability distribution, 1994
 */
export function gaussianNllLoss(
  input: Tensor,
  target: Tensor,
  variance: Tensor,
  { full = false, eps = 1e-6, reduction = 'mean' }: GaussianNllLossOptions = {},
): Tensor {
  const op = 'gaussianNllLoss';
  checkPair(op, input, target);
  checkFloats(op, { input, variance });
  if (!(eps > 0)) throw new ArgumentError(op, `eps must be above 0, got ${eps}`);
  const given = besideInput(op, input, variance);
  const bounded = add(
    given,
    withoutRecording(() => sub(clamp(given, { min: eps }), given)),
  );
  const losses = mul(add(log(bounded), div(square(sub(input, target)), bounded)), 0.5);
  return reduceLoss(op, full ? add(losses, 0.5 * Math.log(2 * Math.PI)) : losses, reduction);
}

function besideInput(op: string, input: Tensor, variance: Tensor): Tensor {
  const rows = input.shape.slice(0, -1);
  if (sameShape(variance.shape, input.shape) || sameShape(variance.shape, [...rows, 1])) return variance;
  if (input.rank > 0 && sameShape(variance.shape, rows)) return unsqueeze(variance, -1);
  throw new ShapeError(
    op,
    `variance must be ${formatShape(input.shape)}, ${formatShape([...rows, 1])} or ${formatShape(rows)}, got ${formatShape(variance.shape)}`,
  );
}

import { add, exp, greater, log, mul, sub, type Tensor, where } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/** Options of {@link poissonNllLoss}. */
export interface PoissonNllLossOptions extends LossOptions {
  /** Whether the input is $\ln \lambda$; else it is $\lambda$. Default `true`. */
  readonly logInput?: boolean | undefined;
  /** Whether Stirling's approximation of $\ln y!$ is added where $y > 1$. Default `false`. */
  readonly full?: boolean | undefined;
  /** Added to $\lambda$ where its logarithm is taken. Default 1e-8. */
  readonly eps?: number | undefined;
}

/**
 * Negative log-likelihood of counts, $\ell_i = \lambda_i - y_i \ln \lambda_i \; [+ \ln y_i!]$, for a Poisson distribution of rate $\lambda_i$.
 *
 * @param input - $\ln \lambda$, or $\lambda$; any shape `[...]`, float
 * @param target - counts, same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await poissonNllLoss(tensor([0, 0]), tensor([1, 4])).item() // 1
 */
export function poissonNllLoss(input: Tensor, target: Tensor, options: PoissonNllLossOptions = {}): Tensor {
  const { logInput = true, full = false, eps = 1e-8, reduction = 'mean' } = options;
  checkPair('poissonNllLoss', input, target);
  const losses = logInput ? sub(exp(input), mul(target, input)) : sub(input, mul(target, log(add(input, eps))));
  return reduceLoss('poissonNllLoss', full ? add(losses, stirling(target)) : losses, reduction);
}

/** $y \ln y - y + \frac{1}{2} \ln(2 \pi y)$ where $y > 1$, else 0. */
function stirling(y: Tensor): Tensor {
  const large = greater(y, 1);
  const counts = where(large, y, 1);
  const terms = add(sub(mul(counts, log(counts)), counts), mul(log(mul(counts, 2 * Math.PI)), 0.5));
  return where(large, terms, 0);
}

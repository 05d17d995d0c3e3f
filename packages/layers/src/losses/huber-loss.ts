import { ArgumentError } from '@dl/kernels';
import { abs, lessEqual, mul, square, sub, type Tensor, where } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/** Options of {@link huberLoss}. */
export interface HuberLossOptions extends LossOptions {
  /** $\delta$: beyond it the loss is linear. Default 1. */
  readonly delta?: number | undefined;
}

/**
 * Squared error near the target, absolute error far from it: with $d = |x_i - y_i|$, $\ell_i = \frac{1}{2} d^2$ where $d \le \delta$, else
 * $\delta (d - \frac{1}{2} \delta)$. It is $\delta$ times {@link smoothL1Loss} with $\beta = \delta$.
 *
 * @param input - any shape `[...]`, float
 * @param target - same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @throws {@link ArgumentError} unless `delta` is above 0
 * @example
 * await huberLoss(tensor([1, 6]), tensor([2, 2]), { delta: 2, reduction: 'none' }).data() // Float32Array [0.5, 6]
 * @see Huber, Robust estimation of a location parameter, 1964
 */
export function huberLoss(input: Tensor, target: Tensor, { delta = 1, reduction = 'mean' }: HuberLossOptions = {}): Tensor {
  checkPair('huberLoss', input, target);
  if (!(delta > 0)) throw new ArgumentError('huberLoss', `delta must be above 0, got ${delta}`);
  const difference = sub(input, target);
  const distance = abs(difference);
  const far = mul(sub(distance, delta / 2), delta);
  return reduceLoss('huberLoss', where(lessEqual(distance, delta), mul(square(difference), 0.5), far), reduction);
}

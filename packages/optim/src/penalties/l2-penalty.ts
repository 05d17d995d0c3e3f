import { square, type Tensor } from '@dl/tensor';
import { penaltyOf } from './penalty-of.ts';

/**
 * The L2 penalty $\frac{\lambda}{2} \sum_i \theta_i^2$, to be added to a loss. Its gradient is $\lambda \theta$, so a step of plain descent shrinks the
 * weights by $1 - \eta \lambda$, exactly as the option `weightDecay` of {@link SGD} does.
 *
 * @param params - what to keep small: weights, usually without biases
 * @returns a scalar
 * @throws {@link ArgumentError} without parameters, or for a negative `lambda`
 * @example
 * await l2Penalty([new Parameter(tensor([3, -4]))], 0.5).item() // 6.25
 */
export function l2Penalty(params: Iterable<Tensor>, lambda: number): Tensor {
  return penaltyOf('l2Penalty', params, lambda, { of: square, scale: 0.5 });
}

import { abs, type Tensor } from '@dl/tensor';
import { penaltyOf } from './penalty-of.ts';

/**
 * The L1 penalty $\lambda \sum_i |\theta_i|$, to be added to a loss. Its gradient is $\lambda \, \text{sign}(\theta)$: it pushes every weight towards
 * zero by the same force, so that few stay large. For exact zeros see {@link proximalL1Rule}.
 *
 * @param params - what to keep small: weights, usually without biases
 * @returns a scalar
 * @throws {@link ArgumentError} without parameters, or for a negative `lambda`
 * @example
 * await l1Penalty([new Parameter(tensor([3, -4]))], 0.5).item() // 3.5
 * @see Tibshirani, Regression shrinkage and selection via the lasso, 1996
 */
export function l1Penalty(params: Iterable<Tensor>, lambda: number): Tensor {
  return penaltyOf('l1Penalty', params, lambda, { of: abs, scale: 1 });
}

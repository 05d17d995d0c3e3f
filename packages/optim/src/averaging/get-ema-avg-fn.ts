import { ArgumentError } from '@dl/kernels';
import { add, mul } from '@dl/tensor';
import type { AverageFn } from './average-fn.ts';

/**
 * An exponential moving average, $a \leftarrow \beta a + (1 - \beta) \theta$.
 *
 * @param decay - $\beta$
 * @throws {@link ArgumentError} for a decay outside [0, 1]
 * @example
 * await getEmaAvgFn(0.75)(tensor([1]), tensor([5]), 1).item() // 2
 * @see Polyak & Juditsky, Acceleration of stochastic approximation by averaging, 1992
 */
export function getEmaAvgFn(decay = 0.999): AverageFn {
  if (!(decay >= 0 && decay <= 1)) throw new ArgumentError('getEmaAvgFn', `decay must be in [0, 1], got ${decay}`);
  return (averaged, current) => add(mul(averaged, decay), mul(current, 1 - decay));
}

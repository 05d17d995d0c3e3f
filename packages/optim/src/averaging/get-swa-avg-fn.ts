import { add, div, sub } from '@dl/tensor';
import type { AverageFn } from './average-fn.ts';

/**
 * Equal weights for all, $a \leftarrow a + \frac{\theta - a}{n + 1}$: stochastic weight averaging.
 *
 * @example
 * await getSwaAvgFn()(tensor([1]), tensor([4]), 2).item() // 2
 * @see Izmailov et al., Averaging weights leads to wider optima and better generalization, 2018
 */
export function getSwaAvgFn(): AverageFn {
  return (averaged, current, nAveraged) => add(averaged, div(sub(current, averaged), nAveraged + 1));
}

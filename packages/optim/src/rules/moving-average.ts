import { add, mul, type Tensor } from '@dl/tensor';

/** An exponential moving average that starts at zero: $\beta \, \text{last} + (1 - \beta) \, \text{next}$. */
export function movingAverage(last: Tensor | undefined, next: Tensor, beta: number): Tensor {
  const share = mul(next, 1 - beta);
  return last === undefined ? share : add(mul(last, beta), share);
}

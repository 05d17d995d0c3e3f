import { greater, log, mul, type Tensor, where } from '@dl/tensor';

/** $x \ln x$ with 0 at 0, its limit. The gradient there is 0, not $-\infty$. */
export function xLogX(x: Tensor): Tensor {
  const positive = greater(x, 0);
  return where(positive, mul(x, log(where(positive, x, 1))), 0);
}

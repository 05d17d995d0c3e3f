import { mul, sub, type Tensor } from '@dl/tensor';

/** The gradient through $y = \sigma(x)$, from the one by `y`. */
export function sigmoidGrad(grad: Tensor, y: Tensor): Tensor {
  return mul(grad, mul(y, sub(1, y)));
}

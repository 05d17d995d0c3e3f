import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { div } from '../arithmetic/div.ts';
import { mul } from '../arithmetic/mul.ts';
import { clamp } from './clamp.ts';

/**
 * Piecewise quadratic swish, $y = x \min(\max(x + 3, 0), 6) / 6$. The gradient is -0.5 at -3 and 1.5 at 3, as in PyTorch.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await hardSwish(tensor([-4, 1.5, 5])).data() // Float32Array [-0, 1.125, 5]
 * @see Howard et al., Searching for MobileNetV3, 2019
 */
export function hardSwish(x: Tensor): Tensor {
  checkFloat('hardSwish', x.dtype);
  return div(mul(x, clamp(add(x, 3), { min: 0, max: 6 })), 6);
}

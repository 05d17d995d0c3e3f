import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { div } from '../arithmetic/div.ts';
import { relu6 } from './relu6.ts';

/**
 * Piecewise linear sigmoid, $y = \min(\max(x + 3, 0), 6) / 6$. The gradient at $\pm 3$ is 0, as in PyTorch.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await hardSigmoid(tensor([-4, 0, 1.5])).data() // Float32Array [0, 0.5, 0.75]
 * @see Howard et al., Searching for MobileNetV3, 2019
 */
export function hardSigmoid(x: Tensor): Tensor {
  checkFloat('hardSigmoid', x.dtype);
  return div(relu6(add(x, 3)), 6);
}

import { mul, square, sub, type Tensor } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/**
 * Half of the squared Euclidean distance, $\ell_i = \frac{1}{2} (x_i - y_i)^2$, by default summed: $\frac{1}{2} \lVert x - y \rVert^2$, whose
 * gradient by $x$ is $x - y$. {@link mseLoss} has no half and is a mean.
 *
 * @param input - any shape `[...]`, float
 * @param target - same shape and dtype
 * @param options - the reduction is `'sum'` unless said
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await squaredError(tensor([1, 2]), tensor([1, 4])).item() // 2
 */
export function squaredError(input: Tensor, target: Tensor, { reduction = 'sum' }: LossOptions = {}): Tensor {
  checkPair('squaredError', input, target);
  return reduceLoss('squaredError', mul(square(sub(input, target)), 0.5), reduction);
}

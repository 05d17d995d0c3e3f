import { abs, sub, type Tensor } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/**
 * Absolute error, $\ell_i = |x_i - y_i|$. The gradient at 0 is 0, as in PyTorch.
 *
 * @param input - any shape `[...]`, float
 * @param target - same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await l1Loss(tensor([1, 2]), tensor([1, 5])).item() // 1.5
 */
export function l1Loss(input: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  checkPair('l1Loss', input, target);
  return reduceLoss('l1Loss', abs(sub(input, target)), reduction);
}

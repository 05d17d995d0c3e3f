import { square, sub, type Tensor } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/**
 * Squared error, $\ell_i = (x_i - y_i)^2$.
 *
 * @param input - any shape `[...]`, float
 * @param target - same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await mseLoss(tensor([1, 2]), tensor([1, 4])).item() // 2
 */
export function mseLoss(input: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  checkPair('mseLoss', input, target);
  return reduceLoss('mseLoss', square(sub(input, target)), reduction);
}

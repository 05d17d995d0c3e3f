import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { exp } from '../elementwise/exp.ts';
import { checkSquare } from './matrices.ts';
import { slogdet } from './slogdet.ts';

/**
 * The determinant. Of large matrices it overflows where {@link slogdet} does not.
 *
 * @param a - `[..., n, n]`; gradients exist where it is invertible
 * @returns `[...]`
 * @throws {@link ShapeError} for matrices that are not square
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await det(tensor([[1, 2], [3, 4]])).item() // -2
 */
export function det(a: Tensor): Tensor {
  checkSquare('det', a);
  const { sign, logabsdet } = slogdet(a);
  return mul(sign, exp(logabsdet));
}

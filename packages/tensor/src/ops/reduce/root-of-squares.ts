import type { Tensor } from '../../core/tensor.ts';
import { equal } from '../comparison/equal.ts';
import { where } from '../comparison/where.ts';
import { sqrt } from '../elementwise/sqrt.ts';

/** Square root of a sum of squares: its gradient at 0, where the root has a corner, is 0 instead of infinite, as in PyTorch. */
export function rootOfSquares(x: Tensor): Tensor {
  const isZero = equal(x, 0);
  return where(isZero, 0, sqrt(where(isZero, 1, x)));
}

import { clamp, mul, sub, type Tensor } from '@dl/tensor';
import { checkAlike } from './check-pair.ts';
import type { MarginOptions } from './hinge-loss.ts';
import { reduceLoss } from './reduction.ts';

/**
 * Loss of an order, $\ell_i = \max(0, m - y_i (a_i - b_i))$: $a_i$ should be above $b_i$ where $y_i = 1$, and below where $y_i = -1$.
 *
 * @param x1 - $a$, any shape `[...]`, float
 * @param x2 - $b$, same shape and dtype
 * @param target - 1 or -1, same shape and dtype
 * @param options - the margin is 0 unless said
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless all have one float dtype
 * @example
 * await marginRankingLoss(tensor([3, 1]), tensor([1, 3]), tensor([1, 1]), { reduction: 'none' }).data() // Float32Array [0, 2]
 */
export function marginRankingLoss(
  x1: Tensor,
  x2: Tensor,
  target: Tensor,
  { margin = 0, reduction = 'mean' }: MarginOptions = {},
): Tensor {
  checkAlike('marginRankingLoss', { x1, x2, target });
  return reduceLoss('marginRankingLoss', clamp(sub(margin, mul(target, sub(x1, x2))), { min: 0 }), reduction);
}

import { add, clamp, equal, sub, type Tensor, where } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import type { MarginOptions } from './hinge-loss.ts';
import { reduceLoss } from './reduction.ts';

/**
 * Loss of distances between pairs, $\ell_i = x_i$ where $y_i = 1$ and $\max(0, m - x_i)$ where $y_i = -1$: alike come close, others stay apart.
 *
 * @param input - distances, any shape `[...]`, float
 * @param target - 1 or -1, same shape and dtype
 * @param options - the margin is 1 unless said
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await hingeEmbeddingLoss(tensor([0.25, 0.25]), tensor([1, -1]), { reduction: 'none' }).data() // Float32Array [0.25, 0.75]
 */
export function hingeEmbeddingLoss(
  input: Tensor,
  target: Tensor,
  { margin = 1, reduction = 'mean' }: MarginOptions = {},
): Tensor {
  checkPair('hingeEmbeddingLoss', input, target);
  const alike = where(equal(target, -1), 0, input);
  const apart = where(equal(target, 1), 0, clamp(sub(margin, input), { min: 0 }));
  return reduceLoss('hingeEmbeddingLoss', add(alike, apart), reduction);
}

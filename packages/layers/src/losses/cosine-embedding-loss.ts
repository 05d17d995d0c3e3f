import { add, clamp, div, equal, mul, sqrt, square, sub, sum, type Tensor, where } from '@dl/tensor';
import { checkLabelledPairs } from './check-labels.ts';
import type { MarginOptions } from './hinge-loss.ts';
import { reduceLoss } from './reduction.ts';

/**
 * Loss of angles between pairs of vectors, $\ell = 1 - \cos(a, b)$ where $y = 1$ and $\max(0, \cos(a, b) - m)$ where $y = -1$.
 *
 * @param x1 - $a$, `[..., d]`, float
 * @param x2 - $b$, same shape and dtype
 * @param target - 1 or -1, `[...]`, same dtype
 * @param options - the margin is 0 unless said
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes do not fit
 * @throws {@link DTypeError} unless all have one float dtype
 * @example
 * await cosineEmbeddingLoss(tensor([[1, 0]]), tensor([[0, 2]]), tensor([1])).item() // 1
 */
export function cosineEmbeddingLoss(
  x1: Tensor,
  x2: Tensor,
  target: Tensor,
  { margin = 0, reduction = 'mean' }: MarginOptions = {},
): Tensor {
  checkLabelledPairs('cosineEmbeddingLoss', x1, x2, target);
  const cosine = cosineOf(x1, x2);
  const alike = where(equal(target, 1), sub(1, cosine), 0);
  const apart = where(equal(target, -1), clamp(sub(cosine, margin), { min: 0 }), 0);
  return reduceLoss('cosineEmbeddingLoss', add(alike, apart), reduction);
}

/** Along the last axis. The summand is PyTorch's, so that a vector of zeros has a cosine of 0. */
function cosineOf(a: Tensor, b: Tensor): Tensor {
  const [squareA, squareB] = [a, b].map((x) => add(sum(square(x), -1), 1e-12));
  return div(sum(mul(a, b), -1), sqrt(mul(squareA, squareB)));
}

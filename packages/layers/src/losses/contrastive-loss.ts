import { add, mul, norm, relu, square, sub, sum, type Tensor } from '@dl/tensor';
import { checkLabelledPairs } from './check-labels.ts';
import type { MarginOptions } from './hinge-loss.ts';
import { reduceLoss } from './reduction.ts';

/**
 * Loss of distances between pairs of vectors, $\ell = \frac{1}{2} \big(y \, d^2 + (1 - y) \max(0, m - d)^2\big)$ with
 * $d = \lVert a - b \rVert$: like springs that pull pairs of one kind together, and push others apart until they are $m$ away. Here $y = 1$ says
 * that the two are alike; the paper's $Y$ is $1 - y$.
 *
 * @param x1 - $a$, `[..., d]`, float
 * @param x2 - $b$, same shape and dtype
 * @param target - 1 or 0, `[...]`, same dtype
 * @param options - the margin is 1 unless said
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes do not fit
 * @throws {@link DTypeError} unless all have one float dtype
 * @example
 * const [a, b] = [tensor([[0, 0], [0, 0]]), tensor([[3, 4], [3, 4]])];
 * await contrastiveLoss(a, b, tensor([1, 0]), { margin: 7, reduction: 'none' }).data() // Float32Array [12.5, 2]
 * @see Hadsell, Chopra & LeCun, Dimensionality reduction by learning an invariant mapping, 2006, eq. 4
 */
export function contrastiveLoss(
  x1: Tensor,
  x2: Tensor,
  target: Tensor,
  { margin = 1, reduction = 'mean' }: MarginOptions = {},
): Tensor {
  checkLabelledPairs('contrastiveLoss', x1, x2, target);
  const difference = sub(x1, x2);
  const alike = mul(target, sum(square(difference), -1));
  const apart = mul(sub(1, target), square(relu(sub(margin, norm(difference, -1)))));
  return reduceLoss('contrastiveLoss', mul(add(alike, apart), 0.5), reduction);
}

import { add, norm, sub, type Tensor } from '@dl/tensor';

/** Options of {@link pairwiseDistance}. */
export interface PairwiseDistanceOptions {
  /** Which norm: 1, 2 (default) or `Infinity`. */
  readonly p?: number | undefined;
  /** Added to each difference, so that the gradient of no distance exists. Default 1e-6, as in PyTorch. */
  readonly eps?: number | undefined;
}

/**
 * Distances between vectors that stand at the same place, $\lVert a - b + \varepsilon \rVert_p$ over the last axis.
 *
 * @param x1 - $a$, `[..., d]`, float
 * @param x2 - $b$, a shape that broadcasts with it
 * @returns `[...]`
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for another `p`
 * @example
 * await pairwiseDistance(tensor([[0, 0]]), tensor([[3, 4]])).data() // Float32Array [5]
 */
export function pairwiseDistance(x1: Tensor, x2: Tensor, { p = 2, eps = 1e-6 }: PairwiseDistanceOptions = {}): Tensor {
  return norm(add(sub(x1, x2), eps), -1, { p });
}

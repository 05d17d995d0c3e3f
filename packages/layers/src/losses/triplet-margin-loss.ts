import { add, clamp, minimum, sub, type Tensor } from '@dl/tensor';
import { type PairwiseDistanceOptions, pairwiseDistance } from '../functional/pairwise-distance.ts';
import { checkAlike } from './check-pair.ts';
import type { MarginOptions } from './hinge-loss.ts';
import { reduceLoss } from './reduction.ts';

/** Options of {@link tripletMarginLoss}: also those of the distance. */
export interface TripletMarginLossOptions extends MarginOptions, PairwiseDistanceOptions {
  /** Whether the negative may be compared with the positive instead, where that is closer. Default `false`. */
  readonly swap?: boolean | undefined;
}

/**
 * Loss of triplets, $\ell = \max(0, d(a, p) - d(a, n) + m)$: the positive should be closer to the anchor than the negative, by a margin.
 *
 * @param anchor - $a$, `[..., d]`, float
 * @param positive - $p$, same shape and dtype
 * @param negative - $n$, same shape and dtype
 * @param options - the margin is 1 unless said
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless all have one float dtype
 * @throws {@link ArgumentError} for another `p` than 1, 2 or `Infinity`
 * @example
 * const [anchor, positive, negative] = [tensor([[0, 0]]), tensor([[3, 0]]), tensor([[0, 2]])];
 * await tripletMarginLoss(anchor, positive, negative).item() // 2
 * @see Schroff, Kalenichenko & Philbin, FaceNet, 2015; with swap, Balntas, Riba, Ponsa & Mikolajczyk, 2016
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  { margin = 1, swap = false, reduction = 'mean', ...distance }: TripletMarginLossOptions = {},
): Tensor {
  checkAlike('tripletMarginLoss', { anchor, positive, negative });
  const near = pairwiseDistance(anchor, positive, distance);
  const direct = pairwiseDistance(anchor, negative, distance);
  const far = swap ? minimum(direct, pairwiseDistance(positive, negative, distance)) : direct;
  return reduceLoss('tripletMarginLoss', clamp(add(sub(near, far), margin), { min: 0 }), reduction);
}

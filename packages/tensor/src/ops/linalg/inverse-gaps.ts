import type { Tensor } from '../../core/tensor.ts';
import { sub } from '../arithmetic/sub.ts';
import { equal } from '../comparison/equal.ts';
import { where } from '../comparison/where.ts';
import { reciprocal } from '../elementwise/reciprocal.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';

/**
 * $F_{ij} = 1 / (x_j - x_i)$, and 0 where they are equal, as on the diagonal: how fast vectors turn towards each other.
 *
 * @param x - `[..., n]`
 * @returns `[..., n, n]`
 */
export function inverseGaps(x: Tensor): Tensor {
  const gaps = sub(unsqueeze(x, -2), unsqueeze(x, -1));
  const isEqual = equal(gaps, 0);
  return where(isEqual, 0, reciprocal(where(isEqual, 1, gaps)));
}

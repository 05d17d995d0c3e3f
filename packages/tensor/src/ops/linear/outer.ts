import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';

/**
 * Outer product of two vectors, $Y_{ij} = a_i b_j$.
 *
 * @param a - `[m]`
 * @param b - `[n]`
 * @returns `[m, n]`, the promoted dtype
 * @throws {@link ShapeError} unless both are vectors
 * @throws {@link DTypeError} for two uint8 or two bool operands
 * @example
 * await outer(tensor([1, 2]), tensor([3, 4])).array() // [[3, 4], [6, 8]]
 */
export function outer(a: Tensor, b: Tensor): Tensor {
  if (a.rank !== 1 || b.rank !== 1) {
    throw new ShapeError('outer', `operands must be vectors, got ${formatShape(a.shape)} and ${formatShape(b.shape)}`);
  }
  return mul(unsqueeze(a, 1), unsqueeze(b, 0));
}

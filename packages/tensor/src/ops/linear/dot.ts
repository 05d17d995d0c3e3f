import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { matmul } from './matmul.ts';

/**
 * Inner product of two vectors, $y = \sum_i a_i b_i$.
 *
 * @param a - `[n]`, float
 * @param b - `[n]`, the dtype of `a`
 * @returns a scalar
 * @throws {@link ShapeError} unless both are vectors of one length
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await dot(tensor([1, 2, 3]), tensor([4, 5, 6])).item() // 32
 */
export function dot(a: Tensor, b: Tensor): Tensor {
  if (a.rank !== 1 || b.rank !== 1 || a.size !== b.size) {
    throw new ShapeError(
      'dot',
      `operands must be vectors of one length, got ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  }
  return matmul(a, b);
}

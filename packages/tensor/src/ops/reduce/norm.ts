import { ArgumentError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { abs } from '../elementwise/abs.ts';
import { square } from '../elementwise/square.ts';
import { max } from './max.ts';
import { type Axes, type ReduceOptions, reduceAttrs } from './reduce-op.ts';
import { rootOfSquares } from './root-of-squares.ts';
import { sum } from './sum.ts';

/** Options of {@link norm}. */
export interface NormOptions extends ReduceOptions {
  /** 1, 2 (default) or `Infinity`. */
  readonly p?: number | undefined;
}

/**
 * Vector norm over axes: $\sum_i |x_i|$ for $p = 1$, $\sqrt{\sum_i x_i^2}$ for 2, $\max_i |x_i|$ for $\infty$. The gradient at the zero
 * vector is 0, as in PyTorch; elements that tie for the maximum share it evenly.
 *
 * @param x - any shape, float
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range or named twice, and for p = ∞ without elements
 * @throws {@link ArgumentError} for another `p`
 * @example
 * await norm(tensor([3, -4])).item() // 5
 * await norm(tensor([3, -4]), 0, { p: 1 }).item() // 7
 */
export function norm(x: Tensor, axes?: Axes, options: NormOptions = {}): Tensor {
  checkFloat('norm', x.dtype);
  const along = reduceAttrs('norm', axes, options, x.rank).axes;
  switch (options.p ?? 2) {
    case 1:
      return sum(abs(x), along, options);
    case 2:
      return rootOfSquares(sum(square(x), along, options));
    case Number.POSITIVE_INFINITY:
      return max(abs(x), along, options);
    default:
      throw new ArgumentError('norm', `p must be 1, 2 or Infinity, got ${options.p}`);
  }
}

import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { type Axes, countReduced, type ReduceOptions, reduceAttrs } from './reduce-op.ts';
import { sum } from './sum.ts';

/**
 * Mean over axes, $y = \frac{1}{n} \sum_i x_i$; NaN over an empty one.
 *
 * @param x - any shape, float
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await mean(tensor([[1, 2], [3, 4]])).item() // 2.5
 * await mean(tensor([[1, 2], [3, 4]]), 0).data() // Float32Array [2, 3]
 */
export function mean(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  checkFloat('mean', x.dtype);
  const attrs = reduceAttrs('mean', axes, options, x.rank);
  return div(sum(x, attrs.axes, options), countReduced(x.shape, attrs.axes));
}

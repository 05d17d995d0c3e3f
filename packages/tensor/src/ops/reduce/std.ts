import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { type Axes, reduceAttrs } from './reduce-op.ts';
import { rootOfSquares } from './root-of-squares.ts';
import { type VarianceOptions, variance } from './variance.ts';

/**
 * Standard deviation over axes, $y = \sqrt{\frac{1}{n - c} \sum_i (x_i - \bar x)^2}$ with the correction $c$. The gradient where all
 * elements are equal is 0, as in PyTorch.
 *
 * @param x - any shape, float
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await std(tensor([1, 3, 5])).item() // 2
 */
export function std(x: Tensor, axes?: Axes, options: VarianceOptions = {}): Tensor {
  checkFloat('std', x.dtype);
  return rootOfSquares(variance(x, reduceAttrs('std', axes, options, x.rank).axes, options));
}

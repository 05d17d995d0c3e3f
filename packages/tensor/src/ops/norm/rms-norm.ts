import type { Shape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { rsqrt } from '../elementwise/rsqrt.ts';
import { square } from '../elementwise/square.ts';
import { mean } from '../reduce/mean.ts';
import { type AffineOptions, checkEps, checkLastAxes, vectorFor } from './norm-inputs.ts';

/**
 * Root-mean-square normalisation: $y = w \, x / \sqrt{\overline{x^2} + \varepsilon}$ over the last axes: {@link layerNorm} that leaves the mean.
 *
 * @param x - `[..., d1, d2, ...]`, float
 * @param normalizedShape - `[d1, d2, ...]`, the axes over which it normalises, or the extent of the last one
 * @param options - weight of the normalised shape. `eps` is the distance from 1 to the next number of the dtype unless said, as in PyTorch
 * @returns the shape of `x`
 * @throws {@link ShapeError} when the last axes of `x` are others, or the weight has another shape
 * @throws {@link DTypeError} unless both have one float dtype
 * @throws {@link ArgumentError} for a negative `eps`
 * @example
 * await rmsNorm(tensor([[1, -1], [3, 3]]), 2).array() // [[1, -1], [1, 1]]
 * @see Zhang & Sennrich, Root mean square layer normalization, 2019
 */
export function rmsNorm(x: Tensor, normalizedShape: number | Shape, options: Omit<AffineOptions, 'bias'> = {}): Tensor {
  checkFloat('rmsNorm', x.dtype);
  const { weight, eps = x.dtype === 'float64' ? Number.EPSILON : 2 ** -23 } = options;
  checkEps('rmsNorm', eps);
  const shape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
  checkLastAxes('rmsNorm', x, shape);
  const axes = shape.map((_, i) => i - shape.length);
  const unit = mul(x, rsqrt(add(mean(square(x), axes, { keepDims: true }), eps)));
  return weight === undefined ? unit : mul(unit, vectorFor('rmsNorm', 'weight', x, weight, shape, 1));
}

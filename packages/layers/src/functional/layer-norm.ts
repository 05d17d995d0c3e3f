import { add, mean, mul, rsqrt, square, sub, type Tensor } from '@dl/tensor';
import type { NormOptions } from './batch-norm.ts';

/** Normalises the last `rank` axes of `x` together by their mean and biased variance. */
export function layerNorm(x: Tensor, rank: number, { weight, bias, eps }: NormOptions): Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(x.rank - rank);
  const deviations = sub(x, mean(x, axes, { keepDims: true }));
  const normal = mul(deviations, rsqrt(add(mean(square(deviations), axes, { keepDims: true }), eps)));
  const scaled = weight === undefined ? normal : mul(normal, weight);
  return bias === undefined ? scaled : add(scaled, bias);
}

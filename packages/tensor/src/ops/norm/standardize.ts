import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { rsqrt } from '../elementwise/rsqrt.ts';
import { square } from '../elementwise/square.ts';
import { mean } from '../reduce/mean.ts';

/** A tensor brought to mean 0 and variance 1 over some axes, which the moments keep with extent 1. */
export interface Standardized {
  /** $\hat x = (x - \mu) r$. */
  readonly unit: Tensor;
  /** $r = 1 / \sqrt{\sigma^2 + \varepsilon}$. */
  readonly inverse: Tensor;
  readonly mean: Tensor;
  /** The biased one. */
  readonly variance: Tensor;
}

/** Standardizes `x` over `axes`. */
export function standardize(x: Tensor, axes: readonly number[], eps: number): Standardized {
  const center = mean(x, axes, { keepDims: true });
  const deviations = sub(x, center);
  const variance = mean(square(deviations), axes, { keepDims: true });
  const inverse = rsqrt(add(variance, eps));
  return { unit: mul(deviations, inverse), inverse, mean: center, variance };
}

/** The Jacobian of $x \mapsto \hat x$ times `v`: $r (v - \bar v - \hat x \, \overline{v \hat x})$. It is symmetric, so it serves tangents and gradients. */
export function throughStandardize({ unit, inverse }: Standardized, v: Tensor, axes: readonly number[]): Tensor {
  const center = mean(v, axes, { keepDims: true });
  const along = mean(mul(v, unit), axes, { keepDims: true });
  return mul(inverse, sub(sub(v, center), mul(unit, along)));
}

import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { lessEqual } from '../comparison/less-equal.ts';
import { where } from '../comparison/where.ts';
import { abs } from './abs.ts';

/** Options of {@link hardshrink} and {@link softshrink}. */
export interface ShrinkOptions {
  /** $\lambda$: what lies within it becomes 0. Default 0.5. */
  readonly lambda?: number | undefined;
}

/**
 * Hard thresholding, $y = x$ where $|x| > \lambda$, else 0. The gradient at $\pm \lambda$ is 0, as in PyTorch.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await hardshrink(tensor([-2, 0.3, 1])).data() // Float32Array [-2, 0, 1]
 * @see Donoho & Johnstone, Ideal spatial adaptation by wavelet shrinkage, 1994
 */
export function hardshrink(x: Tensor, { lambda = 0.5 }: ShrinkOptions = {}): Tensor {
  checkFloat('hardshrink', x.dtype);
  return where(lessEqual(abs(x), lambda), 0, x);
}

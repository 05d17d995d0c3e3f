import { ArgumentError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { sub } from '../arithmetic/sub.ts';
import { clamp } from './clamp.ts';
import type { ShrinkOptions } from './hardshrink.ts';

/**
 * Soft thresholding, $y = \operatorname{sign}(x) \max(|x| - \lambda, 0)$: the proximal step of an $\ell_1$ penalty. The gradient at
 * $\pm \lambda$ is 0, as in PyTorch; NaN stays NaN, where PyTorch 1.13 says 0.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for a negative `lambda`
 * @example
 * await softshrink(tensor([-2, 0.3, 1])).data() // Float32Array [-1.5, 0, 0.5]
 * @see Donoho, De-noising by soft-thresholding, 1995
 */
export function softshrink(x: Tensor, { lambda = 0.5 }: ShrinkOptions = {}): Tensor {
  checkFloat('softshrink', x.dtype);
  if (!(lambda >= 0)) throw new ArgumentError('softshrink', `lambda must not be negative, got ${lambda}`);
  return sub(x, clamp(x, { min: -lambda, max: lambda }));
}

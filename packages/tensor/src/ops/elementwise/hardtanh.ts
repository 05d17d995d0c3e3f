import { ArgumentError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { lessEqual } from '../comparison/less-equal.ts';
import { where } from '../comparison/where.ts';

/** Options of {@link hardtanh}. */
export interface HardtanhOptions {
  /** The least output. Default -1. */
  readonly min?: number | undefined;
  /** The greatest output. Default 1. */
  readonly max?: number | undefined;
}

/**
 * Piecewise linear tanh, $y = \min(\max(x, \text{min}), \text{max})$. The gradient at the bounds is 0, as in PyTorch; that of
 * {@link clamp} is 1 there.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} unless `min` is less than `max`
 * @example
 * await hardtanh(tensor([-2, 0.5, 3])).data() // Float32Array [-1, 0.5, 1]
 * @see Collobert, Large scale machine learning, 2004
 */
export function hardtanh(x: Tensor, { min = -1, max = 1 }: HardtanhOptions = {}): Tensor {
  checkFloat('hardtanh', x.dtype);
  if (!(min < max)) throw new ArgumentError('hardtanh', `min must be less than max, got ${min} and ${max}`);
  return where(lessEqual(x, min), min, where(greaterEqual(x, max), max, x));
}

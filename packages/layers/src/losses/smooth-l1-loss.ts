import { ArgumentError } from '@dl/kernels';
import { abs, less, mul, square, sub, type Tensor, where } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/** Options of {@link smoothL1Loss}. */
export interface SmoothL1LossOptions extends LossOptions {
  /** $\beta$: below it the loss is a parabola; 0 makes it {@link l1Loss}. Default 1. */
  readonly beta?: number | undefined;
}

/**
 * Absolute error, rounded off at 0: with $d = |x_i - y_i|$, $\ell_i = \frac{d^2}{2 \beta}$ where $d < \beta$, else $d - \frac{1}{2} \beta$. What
 * detectors regress boxes with.
 *
 * @param input - any shape `[...]`, float
 * @param target - same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @throws {@link ArgumentError} for a negative `beta`
 * @example
 * await smoothL1Loss(tensor([1, 6]), tensor([1.5, 2]), { reduction: 'none' }).data() // Float32Array [0.125, 3.5]
 * @see Girshick, Fast R-CNN, 2015, eq. 3
 */
export function smoothL1Loss(input: Tensor, target: Tensor, { beta = 1, reduction = 'mean' }: SmoothL1LossOptions = {}): Tensor {
  checkPair('smoothL1Loss', input, target);
  if (!(beta >= 0)) throw new ArgumentError('smoothL1Loss', `beta must not be negative, got ${beta}`);
  const difference = sub(input, target);
  const distance = abs(difference);
  if (beta === 0) return reduceLoss('smoothL1Loss', distance, reduction);
  const near = mul(square(difference), 0.5 / beta);
  return reduceLoss('smoothL1Loss', where(less(distance, beta), near, sub(distance, beta / 2)), reduction);
}

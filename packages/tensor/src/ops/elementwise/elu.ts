import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { greater } from '../comparison/greater.ts';
import { where } from '../comparison/where.ts';
import { expm1 } from './expm1.ts';

/** Options of {@link elu} and {@link celu}. */
export interface EluOptions {
  /** Minus the limit at $-\infty$. Default 1. */
  readonly alpha?: number | undefined;
}

/**
 * Exponential linear unit, $y = x$ above 0 and $y = \alpha (e^x - 1)$ elsewhere. The gradient at 0 is $\alpha$, as in PyTorch.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await elu(tensor([-1000, 0, 2]), { alpha: 0.5 }).data() // Float32Array [-0.5, 0, 2]
 * @see Clevert, Unterthiner & Hochreiter, Fast and accurate deep network learning by exponential linear units, 2015
 */
export function elu(x: Tensor, { alpha = 1 }: EluOptions = {}): Tensor {
  checkFloat('elu', x.dtype);
  const positive = greater(x, 0);
  // The exponential is kept from overflowing where it is not chosen: its gradient there would be 0 · ∞.
  return where(positive, x, mul(expm1(where(positive, 0, x)), alpha));
}

import { ArgumentError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { mul } from '../arithmetic/mul.ts';
import { greater } from '../comparison/greater.ts';
import { where } from '../comparison/where.ts';
import type { EluOptions } from './elu.ts';
import { expm1 } from './expm1.ts';

/**
 * Continuously differentiable exponential linear unit, $y = x$ above 0 and $y = \alpha (e^{x / \alpha} - 1)$ elsewhere.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for an `alpha` of 0
 * @example
 * await celu(tensor([-1000, 0, 2]), { alpha: 0.5 }).data() // Float32Array [-0.5, 0, 2]
 * @see Barron, Continuously differentiable exponential linear units, 2017
 */
export function celu(x: Tensor, { alpha = 1 }: EluOptions = {}): Tensor {
  checkFloat('celu', x.dtype);
  if (alpha === 0) throw new ArgumentError('celu', 'alpha must not be 0, got 0');
  const positive = greater(x, 0);
  return where(positive, x, mul(expm1(div(where(positive, 0, x), alpha)), alpha));
}

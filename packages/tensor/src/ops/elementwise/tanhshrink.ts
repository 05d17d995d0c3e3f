import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { sub } from '../arithmetic/sub.ts';
import { tanh } from './tanh.ts';

/**
 * Shrinkage by the hyperbolic tangent, $y = x - \tanh x$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await tanhshrink(tensor([0, 1])).data() // Float32Array [0, 0.2384]
 */
export function tanhshrink(x: Tensor): Tensor {
  checkFloat('tanhshrink', x.dtype);
  return sub(x, tanh(x));
}

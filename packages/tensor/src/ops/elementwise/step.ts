import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { greater } from '../comparison/greater.ts';
import { cast } from './cast.ts';

/** Options of {@link step}. */
export interface StepOptions {
  /** The greatest input that gives 0. Default 0. */
  readonly threshold?: number | undefined;
}

/**
 * Step function, $y = 1$ where $x > \theta$, else 0: the threshold unit of the first perceptrons, and the derivative of {@link relu}. The
 * gradient is 0 everywhere, at the jump too, so nothing below it learns by gradient descent; train with {@link sigmoid}, its smooth relative.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`; 0 for NaN
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await step(tensor([-1, 0, 2])).data() // Float32Array [0, 0, 1]
 * @see McCulloch & Pitts, A logical calculus of the ideas immanent in nervous activity, 1943
 */
export function step(x: Tensor, { threshold = 0 }: StepOptions = {}): Tensor {
  checkFloat('step', x.dtype);
  return cast(greater(x, threshold), x.dtype);
}

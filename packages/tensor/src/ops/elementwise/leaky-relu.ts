import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { greater } from '../comparison/greater.ts';
import { where } from '../comparison/where.ts';

/** Options of {@link leakyRelu}. */
export interface LeakyReluOptions {
  /** The slope below 0. Default 0.01. */
  readonly negativeSlope?: number | undefined;
}

/**
 * Rectifier that leaks, $y = x$ above 0 and $y = s x$ elsewhere. The gradient at 0 is $s$, as in PyTorch.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await leakyRelu(tensor([-2, 3]), { negativeSlope: 0.5 }).data() // Float32Array [-1, 3]
 * @see Maas, Hannun & Ng, Rectifier nonlinearities improve neural network acoustic models, 2013
 */
export function leakyRelu(x: Tensor, { negativeSlope = 0.01 }: LeakyReluOptions = {}): Tensor {
  checkFloat('leakyRelu', x.dtype);
  return where(greater(x, 0), x, mul(x, negativeSlope));
}

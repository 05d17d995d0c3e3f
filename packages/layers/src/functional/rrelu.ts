import { ArgumentError } from '@dl/kernels';
import { defaultRng, greater, leakyRelu, mul, type Tensor, where } from '@dl/tensor';
import type { ForwardOptions } from '../module/layer.ts';
import { floatDType } from './float-dtype.ts';

/** Options of {@link rrelu}: slopes are drawn while training. */
export interface RreluOptions extends ForwardOptions {
  /** The least slope. Default 1/8. */
  readonly lower?: number | undefined;
  /** The greatest slope. Default 1/3. */
  readonly upper?: number | undefined;
}

/**
 * Randomised leaky rectifier, $y = x$ above 0 and $y = a x$ elsewhere: in training with a slope drawn for each element, uniform between
 * `lower` and `upper`, otherwise with their mean.
 *
 * @param x - any shape, float
 * @returns same shape and dtype
 * @throws {@link ArgumentError} for `lower` above `upper`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await rrelu(tensor([-6, 2]), { lower: 0, upper: 1 }).data() // Float32Array [-3, 2]
 * @see Xu, Wang, Chen & Li, Empirical evaluation of rectified activations in convolutional network, 2015
 */
export function rrelu(x: Tensor, options: RreluOptions = {}): Tensor {
  const { lower = 1 / 8, upper = 1 / 3, training = false, rng = defaultRng() } = options;
  checkSlopes('rrelu', lower, upper);
  const dtype = floatDType('rrelu', x);
  if (!training) return leakyRelu(x, { negativeSlope: (lower + upper) / 2 });
  const slopes = rng.uniform(x.shape, { low: lower, high: upper, dtype, backend: x.backend });
  return where(greater(x, 0), x, mul(x, slopes));
}

/**
 * Refuses slopes in the wrong order.
 *
 * @throws {@link ArgumentError}
 */
export function checkSlopes(op: string, lower: number, upper: number): void {
  if (!(lower <= upper)) throw new ArgumentError(op, `lower must not be above upper, got ${lower} and ${upper}`);
}

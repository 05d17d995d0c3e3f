import { ArgumentError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { erf } from './erf.ts';
import { square } from './square.ts';
import { tanh } from './tanh.ts';

/** Options of {@link gelu}. */
export interface GeluOptions {
  /** `'none'` (default) is exact; `'tanh'` is the approximation that GPT-2 and BERT were trained with. */
  readonly approximate?: 'none' | 'tanh' | undefined;
}

/**
 * Gaussian error linear unit: $y = x \, \Phi(x) = \frac{x}{2} (1 + \operatorname{erf}(x / \sqrt 2))$, or with `approximate: 'tanh'`
 * $y = \frac{x}{2} (1 + \tanh(\sqrt{2 / \pi} (x + 0.044715 x^3)))$.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for an unknown `approximate`
 * @example
 * await gelu(tensor([0, 1])).data() // Float32Array [0, 0.8413447]
 * await gelu(tensor([0, 1]), { approximate: 'tanh' }).data() // Float32Array [0, 0.841192]
 * @see Hendrycks & Gimpel, Gaussian error linear units, 2016
 */
export function gelu(x: Tensor, { approximate = 'none' }: GeluOptions = {}): Tensor {
  checkFloat('gelu', x.dtype);
  return mul(mul(x, 0.5), add(bell(x, approximate), 1));
}

/** $2 \Phi(x) - 1$, or what approximates it. */
function bell(x: Tensor, approximate: 'none' | 'tanh'): Tensor {
  switch (approximate) {
    case 'none':
      return erf(mul(x, Math.SQRT1_2));
    case 'tanh':
      return tanh(mul(mul(x, add(mul(square(x), 0.044715), 1)), Math.sqrt(2 / Math.PI)));
    default:
      throw new ArgumentError('gelu', `approximate must be 'none' or 'tanh', got ${String(approximate)}`);
  }
}

import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { elu } from './elu.ts';

// Klambauer et al. 2017: the constants for which mean 0 and variance 1 are a fixed point.
const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/**
 * Scaled exponential linear unit, $y = \lambda x$ above 0 and $y = \lambda \alpha (e^x - 1)$ elsewhere, with $\lambda \approx 1.0507$ and
 * $\alpha \approx 1.6733$: layers of it keep activations at mean 0 and variance 1. The gradient at 0 is $\lambda \alpha$, as in PyTorch.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await selu(tensor([0, 1])).data() // Float32Array [0, 1.050701]
 * @see Klambauer, Unterthiner, Mayr & Hochreiter, Self-normalizing neural networks, 2017
 */
export function selu(x: Tensor): Tensor {
  checkFloat('selu', x.dtype);
  return mul(elu(x, { alpha }), scale);
}

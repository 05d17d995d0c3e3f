import { ArgumentError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { div } from '../arithmetic/div.ts';
import { mul } from '../arithmetic/mul.ts';
import { greater } from '../comparison/greater.ts';
import { where } from '../comparison/where.ts';
import { sigmoid } from './sigmoid.ts';
import { unaryOp } from './unary-op.ts';

const softplusOp = unaryOp('softplus', (grad, { inputs: [x] }) => mul(grad, sigmoid(x)));

/** Options of {@link softplus}. */
export interface SoftplusOptions {
  /** $\beta$, above 0: the greater, the closer to a rectifier. Default 1. */
  readonly beta?: number | undefined;
  /** Where $\beta x$ is above it, the output is $x$ itself. Default: none, since nothing overflows; PyTorch's 20 gives the same float32. */
  readonly threshold?: number | undefined;
}

/**
 * Smooth rectifier, $y = \frac{1}{\beta} \ln(1 + e^{\beta x})$, without overflow.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} unless `beta` is above 0
 * @example
 * await softplus(tensor([0, 1000])).data() // Float32Array [0.6931472, 1000]
 * await softplus(tensor([0]), { beta: 2 }).data() // Float32Array [0.3465736]
 * @see Dugas, Bengio, Bélisle, Nadeau & Garcia, Incorporating second-order functional knowledge for better option pricing, 2000
 */
export function softplus(x: Tensor, { beta = 1, threshold }: SoftplusOptions = {}): Tensor {
  checkFloat('softplus', x.dtype);
  if (!(beta > 0)) throw new ArgumentError('softplus', `beta must be above 0, got ${beta}`);
  const scaled = beta === 1 ? x : mul(x, beta);
  const smooth = apply(softplusOp, [scaled], {});
  const y = beta === 1 ? smooth : div(smooth, beta);
  return threshold === undefined ? y : where(greater(scaled, threshold), x, y);
}

import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { unaryOp } from './unary-op.ts';

const sigmoidOp = unaryOp('sigmoid', (grad, { output }) => mul(grad, mul(output, sub(1, output))));

/**
 * Logistic function, $y = 1 / (1 + e^{-x})$, without overflow.
 *
 * @param x - any shape `[...]`, float
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await sigmoid(tensor([0, 1000])).data() // Float32Array [0.5, 1]
 */
export function sigmoid(x: Tensor): Tensor {
  return apply(sigmoidOp, [x], {});
}

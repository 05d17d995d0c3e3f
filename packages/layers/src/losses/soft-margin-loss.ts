import { mul, neg, softplus, type Tensor } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/**
 * Logistic loss of labels ±1, $\ell_i = \ln(1 + e^{-y_i x_i})$, without overflow: {@link hingeLoss} rounded off.
 *
 * @param input - scores, any shape `[...]`, float
 * @param target - 1 or -1, same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await softMarginLoss(tensor([0, -1000]), tensor([1, 1]), { reduction: 'none' }).data() // Float32Array [0.6931472, 1000]
 */
export function softMarginLoss(input: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  checkPair('softMarginLoss', input, target);
  return reduceLoss('softMarginLoss', softplus(neg(mul(input, target))), reduction);
}

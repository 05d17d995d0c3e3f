import { mul, relu, sub, type Tensor } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/** Options of the losses that ask for a distance between right and wrong. */
export interface MarginOptions extends LossOptions {
  /** How far right must be from wrong to cost nothing. */
  readonly margin?: number | undefined;
}

/**
 * Hinge loss of a support vector machine, $\ell_i = \max(0, m - y_i x_i)$: 0 for what is right by a margin. The gradient at the margin is 0.
 *
 * @param input - scores, any shape `[...]`, float
 * @param target - 1 or -1, same shape and dtype
 * @param options - the margin is 1 unless said
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await hingeLoss(tensor([0.5, 2, -1]), tensor([1, 1, 1]), { reduction: 'none' }).data() // Float32Array [0.5, 0, 2]
 * @see Cortes & Vapnik, Support-vector networks, 1995
 */
export function hingeLoss(input: Tensor, target: Tensor, { margin = 1, reduction = 'mean' }: MarginOptions = {}): Tensor {
  checkPair('hingeLoss', input, target);
  return reduceLoss('hingeLoss', relu(sub(margin, mul(input, target))), reduction);
}

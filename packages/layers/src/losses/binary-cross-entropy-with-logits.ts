import { add, mul, neg, softplus, sub, type Tensor } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/** Options of {@link binaryCrossEntropyWithLogits}. */
export interface BinaryCrossEntropyOptions extends LossOptions {
  /** What each element's loss is multiplied by; broadcasts to the input. */
  readonly weight?: Tensor | undefined;
  /** $p$: what the loss of the positive part is multiplied by; broadcasts to the input. Above 1 it trades precision for recall. */
  readonly posWeight?: Tensor | undefined;
}

/**
 * Cross-entropy of yes-or-no answers, $\ell_i = -w_i \, \big(p \, y_i \log \sigma(x_i) + (1 - y_i) \log(1 - \sigma(x_i))\big)$, without
 * overflow for any logit.
 *
 * @param input - logits, any shape `[...]`, float
 * @param target - probabilities in [0, 1], same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await binaryCrossEntropyWithLogits(tensor([0, 100]), tensor([1, 1]), { reduction: 'sum' }).item() // 0.6931472
 */
export function binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, options: BinaryCrossEntropyOptions = {}): Tensor {
  const op = 'binaryCrossEntropyWithLogits';
  const { weight, posWeight, reduction = 'mean' } = options;
  checkPair(op, input, target);
  // -log σ(x) = softplus(-x) and -log(1 - σ(x)) = x + softplus(-x).
  const positive = softplus(neg(input));
  const factor = posWeight === undefined ? undefined : add(mul(target, sub(posWeight, 1)), 1);
  const losses = add(mul(input, sub(1, target)), factor === undefined ? positive : mul(positive, factor));
  return reduceLoss(op, weight === undefined ? losses : mul(losses, weight), reduction);
}

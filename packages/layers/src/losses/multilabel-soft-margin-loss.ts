import { formatShape, ShapeError } from '@dl/kernels';
import { mean, type Tensor } from '@dl/tensor';
import { binaryCrossEntropyWithLogits } from './binary-cross-entropy-with-logits.ts';
import { checkPair } from './check-pair.ts';
import { type LossOptions, reduceLoss } from './reduction.ts';

/** Options of {@link multilabelSoftMarginLoss}. */
export interface MultilabelSoftMarginLossOptions extends LossOptions {
  /** What the loss of each class is multiplied by; broadcasts to the input. */
  readonly weight?: Tensor | undefined;
}

/**
 * Mean over the classes of yes-or-no cross-entropies, $\ell_n = -\frac{1}{C} \sum_c w_c \big(y_{n,c} \ln \sigma(x_{n,c}) + (1 - y_{n,c})
 * \ln \sigma(-x_{n,c})\big)$: of several labels at once, each for itself.
 *
 * @param input - logits, `[..., c]`, float
 * @param target - 1 or 0, same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await multilabelSoftMarginLoss(tensor([[0, 0]]), tensor([[1, 0]])).item() // 0.6931472
 */
export function multilabelSoftMarginLoss(
  input: Tensor,
  target: Tensor,
  { weight, reduction = 'mean' }: MultilabelSoftMarginLossOptions = {},
): Tensor {
  const op = 'multilabelSoftMarginLoss';
  checkPair(op, input, target);
  if (input.rank === 0) throw new ShapeError(op, `input must be [..., c], got ${formatShape(input.shape)}`);
  return reduceLoss(op, mean(binaryCrossEntropyWithLogits(input, target, { weight, reduction: 'none' }), -1), reduction);
}

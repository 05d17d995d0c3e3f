import type { Tensor } from '@dl/tensor';
import { type ClassLossOptions, checkScores, classTarget, pickedLosses, reduceClassLoss } from './class-losses.ts';

/**
 * Negative log-likelihood of classes, $\ell_n = -w_{y_n} \, x_{n, y_n}$; the mean is $\sum_n \ell_n / \sum_n w_{y_n}$.
 *
 * @param input - log-probabilities `[n, c, ...]` or `[c]`, such as {@link logSoftmax} gives
 * @param target - class numbers `[n, ...]`, int32 or uint8
 * @returns a scalar, or `[n, ...]` with reduction `'none'`
 * @throws {@link ShapeError} when the target's shape is not the input's without the classes, or `weight` is not `[c]`
 * @throws {@link ArgumentError} for a class number that is none, on backends that notice: those on the CPU do
 * @throws {@link DTypeError} for an input that is not float or a target that is not integer
 * @example
 * const logProbabilities = tensor([[-1, -2], [-3, -4]]);
 * await nllLoss(logProbabilities, tensor([0, 1], { dtype: 'int32' })).item() // 2.5
 */
export function nllLoss(input: Tensor, target: Tensor, options: ClassLossOptions = {}): Tensor {
  checkScores('nllLoss', input, options.weight);
  const classes = classTarget('nllLoss', input, target, options);
  return reduceClassLoss('nllLoss', pickedLosses('nllLoss', input, classes), classes, options);
}

import { div, exp, mul, sub, sum, type Tensor } from '@dl/tensor';
import { checkPair } from './check-pair.ts';
import { type Reduction, reduceLoss } from './reduction.ts';
import { xLogX } from './x-log-x.ts';

/** Options of {@link klDiv}. */
export interface KlDivOptions {
  /** Whether the target is log-probabilities, too. Default `false`. */
  readonly logTarget?: boolean | undefined;
  /** `'batchMean'` divides the sum by the extent of the first axis: the divergence itself. Default `'mean'`, as in PyTorch: by all elements. */
  readonly reduction?: Reduction | 'batchMean' | undefined;
}

/**
 * Kullback–Leibler divergence, $\ell_i = p_i (\ln p_i - \ln q_i)$ with $0 \ln 0 = 0$, whose sum over the events is
 * $\operatorname{KL}(P \,\|\, Q)$. The input, $Q$, comes as log-probabilities, such as {@link logSoftmax} gives.
 *
 * @param input - $\ln q$, any shape `[...]`, float
 * @param target - $p$, or $\ln p$ with `logTarget`; same shape and dtype
 * @returns a scalar, or `[...]` with reduction `'none'`
 * @throws {@link ShapeError} when the shapes differ: nothing is broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @throws {@link ArgumentError} for an unknown reduction
 * @example
 * const logQ = tensor([[0.25, 0.75]]).log();
 * await klDiv(logQ, tensor([[0.5, 0.5]]), { reduction: 'batchMean' }).item() // 0.1438
 * @see Kullback & Leibler, On information and sufficiency, 1951
 */
export function klDiv(input: Tensor, target: Tensor, { logTarget = false, reduction = 'mean' }: KlDivOptions = {}): Tensor {
  checkPair('klDiv', input, target);
  const losses = logTarget ? mul(exp(target), sub(target, input)) : sub(xLogX(target), mul(target, input));
  return reduction === 'batchMean' ? div(sum(losses), input.shape[0] ?? 1) : reduceLoss('klDiv', losses, reduction);
}

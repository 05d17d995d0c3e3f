import { ArgumentError } from '@dl/kernels';
import { mean, sum, type Tensor } from '@dl/tensor';

/** What becomes of the losses of all elements: their mean, their sum, or themselves. */
export type Reduction = 'mean' | 'sum' | 'none';

/** Options of a loss that is a mean over elements. */
export interface LossOptions {
  /** Default `'mean'`. */
  readonly reduction?: Reduction | undefined;
}

/**
 * Elementwise losses, reduced.
 *
 * @throws {@link ArgumentError} for an unknown reduction
 */
export function reduceLoss(op: string, losses: Tensor, reduction: Reduction): Tensor {
  switch (reduction) {
    case 'mean':
      return mean(losses);
    case 'sum':
      return sum(losses);
    case 'none':
      return losses;
    default:
      throw new ArgumentError(op, `reduction must be 'mean', 'sum' or 'none', got ${String(reduction)}`);
  }
}

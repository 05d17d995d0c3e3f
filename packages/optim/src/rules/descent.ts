import { add, mul, neg, type Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { Hyper } from '../update-rule.ts';

/** Hyperparameters that most rules share: what is done to the gradient before anything else. */
export interface DescentHyper extends Hyper {
  /** $\lambda$: the strength of the L2 penalty $\frac{\lambda}{2} \lVert \theta \rVert^2$, added to the gradient. */
  readonly weightDecay: number;
  /** Whether to climb: the gradient is turned round first. */
  readonly maximize: boolean;
}

/** What a rule descends along: the gradient, or its opposite to climb, and the slope of the penalty. */
export function descentOf(value: Tensor, grad: Tensor, { weightDecay, maximize }: DescentHyper): Tensor {
  const slope = maximize ? neg(grad) : grad;
  return weightDecay === 0 ? slope : add(slope, mul(value, weightDecay));
}

/**
 * Refuses a learning rate or weight decay that is negative or no number.
 *
 * @throws {@link ArgumentError} naming it
 */
export function checkDescent(op: string, { lr, weightDecay }: DescentHyper): void {
  checkNotNegative(op, 'lr', lr);
  checkNotNegative(op, 'weightDecay', weightDecay);
}

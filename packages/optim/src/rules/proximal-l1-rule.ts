import { abs, mul, relu, sign, sub, type Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { Hyper, UpdateRule } from '../update-rule.ts';

/** Hyperparameters of {@link proximalL1Rule}. */
export interface ProximalL1Hyper extends Hyper {
  /** $\lambda$: the strength of the L1 penalty. */
  readonly lambda: number;
}

/**
 * Gradient descent on a loss with an L1 penalty $\lambda \lVert \theta \rVert_1$ that gives exact zeros: a step along the gradient of the loss, then
 * soft thresholding, $\theta \leftarrow S_{\eta \lambda}(\theta - \eta g)$ with $S_\kappa(x) = \text{sign}(x) \max(|x| - \kappa, 0)$.
 * The slope of {@link l1Penalty} only comes near zero and then swings about it.
 *
 * @example
 * const weight = new Parameter(tensor([1, -0.1]));
 * new Optimizer(proximalL1Rule, [weight], { lr: 0.5, lambda: 0.5 }).step(new Map([[weight, tensor([0, 0])]]));
 * await weight.data() // Float32Array [0.75, 0]
 * @see Daubechies, Defrise & De Mol, 2004 (ISTA)
 */
export const proximalL1Rule: UpdateRule<ProximalL1Hyper, Record<string, never>> = {
  name: 'ProximalL1',
  check({ lr, lambda }) {
    checkNotNegative('ProximalL1', 'lr', lr);
    checkNotNegative('ProximalL1', 'lambda', lambda);
  },
  update: (value, grad, _state, { lr, lambda }) => ({
    value: softThreshold(sub(value, mul(grad, lr)), lr * lambda),
    state: {},
  }),
};

function softThreshold(x: Tensor, by: number): Tensor {
  return mul(sign(x), relu(sub(abs(x), by)));
}

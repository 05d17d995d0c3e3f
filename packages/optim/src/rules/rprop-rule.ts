import { ArgumentError } from '@dl/kernels';
import { clamp, fullLike, greater, less, mul, neg, sign, sub, type Tensor, where, zerosLike } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { Hyper, UpdateRule } from '../update-rule.ts';

/** Hyperparameters of {@link rpropRule}. */
export interface RpropHyper extends Hyper {
  /** $\eta^-, \eta^+$: what a step size is multiplied by where the sign of the gradient turns, and where it stays. */
  readonly etas: readonly [number, number];
  /** The smallest and the largest step size. */
  readonly stepSizes: readonly [number, number];
  /** Whether to climb. */
  readonly maximize: boolean;
}

/** What {@link rpropRule} remembers. */
export interface RpropState extends Readonly<Record<string, Tensor | number>> {
  readonly step: number;
  readonly prev: Tensor;
  readonly stepSize: Tensor;
}

/**
 * Resilient backpropagation, by the sign of the gradient alone: every weight has a step size, first $\eta$, times $\eta^+$ while $g$ keeps its
 * sign and times $\eta^-$ where it turns, where the weight rests for a step; $\theta \leftarrow \theta - \text{sign}(g) \cdot \text{size}$. It
 * is for full batches: noise turns signs.
 *
 * @see Riedmiller & Braun, 1993; without weight backtracking, Igel & Hüsken, 2000, as in PyTorch
 */
export const rpropRule: UpdateRule<RpropHyper, RpropState> = {
  name: 'Rprop',
  check({ lr, etas: [down, up], stepSizes: [least, most] }) {
    checkNotNegative('Rprop', 'lr', lr);
    if (!(down > 0 && down < 1 && up > 1)) {
      throw new ArgumentError('Rprop', `etas must be in (0, 1) and above 1, got ${down} and ${up}`);
    }
    if (!(least >= 0 && most >= least)) {
      throw new ArgumentError('Rprop', `stepSizes must be a smallest and a largest size ≥ 0, got ${least} and ${most}`);
    }
  },
  update(value, grad, state, { lr, etas, stepSizes, maximize }) {
    const slope = maximize ? neg(grad) : grad;
    const agreement = mul(slope, state?.prev ?? zerosLike(slope));
    const turned = less(agreement, 0);
    const factor = where(greater(agreement, 0), etas[1], where(turned, etas[0], fullLike(slope, 1)));
    const stepSize = clamp(mul(state?.stepSize ?? fullLike(slope, lr), factor), { min: stepSizes[0], max: stepSizes[1] });
    const prev = where(turned, 0, slope);
    return { value: sub(value, mul(sign(prev), stepSize)), state: { step: (state?.step ?? 0) + 1, prev, stepSize } };
  },
};

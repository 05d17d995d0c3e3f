import { mul } from '@dl/tensor';
import type { UpdateRule } from '../update-rule.ts';
import { type AdamHyper, type AdamState, adamRule, fusedAdamStep } from './adam-rule.ts';
import { checkMoments } from './moments.ts';

/**
 * Adam with decoupled weight decay: the weights shrink by $\theta \leftarrow (1 - \eta \lambda) \theta$, apart from the
 * gradient, then a step of {@link adamRule} without a penalty.
 *
 * @see Loshchilov & Hutter, 2019
 */
export const adamWRule: UpdateRule<AdamHyper, AdamState> = {
  name: 'AdamW',
  check: (hyper) => checkMoments('AdamW', hyper),
  update(value, grad, state, hyper) {
    const shrink = 1 - hyper.lr * hyper.weightDecay;
    const fused = fusedAdamStep(value, grad, state, hyper, { penalty: 0, shrink });
    if (fused !== undefined) return fused;
    const shrunk = hyper.weightDecay === 0 ? value : mul(value, shrink);
    return adamRule.update(shrunk, grad, state, { ...hyper, weightDecay: 0 });
  },
};

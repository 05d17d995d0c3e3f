import { mul } from '@dl/tensor';
import type { UpdateRule } from '../update-rule.ts';
import { type AdamHyper, type AdamState, adamRule, checkAdam, fusedAdamStep } from './adam-rule.ts';

/**
 * Adam with decoupled weight decay: $\theta \leftarrow (1 - \eta \lambda) \theta$, then a step of {@link adamRule} without a penalty.
 *
 * @see Loshchilov & Hutter, 2019
 */
export const adamWRule: UpdateRule<AdamHyper, AdamState> = {
  name: 'AdamW',
  check: (hyper) => checkAdam('AdamW', hyper),
  update(value, grad, state, hyper) {
    const shrink = 1 - hyper.lr * hyper.weightDecay;
    const fused = fusedAdamStep(value, grad, state, hyper, { penalty: 0, shrink });
    if (fused !== undefined) return fused;
    const shrunk = hyper.weightDecay === 0 ? value : mul(value, shrink);
    return adamRule.update(shrunk, grad, state, { ...hyper, weightDecay: 0 });
  },
};

import { add, mul, sub, type Tensor } from '@dl/tensor';
import type { UpdateRule } from '../update-rule.ts';
import { checkMomentum, type MomentumHyper } from './classical-momentum-rule.ts';

/** What {@link twoTermMomentumRule} remembers. */
export interface TwoTermMomentumState extends Readonly<Record<string, Tensor>> {
  readonly prev: Tensor;
}

/**
 * Momentum of two terms, as some lectures write it: $\theta \leftarrow \theta - \eta (g_t + \mu g_{t-1})$. It remembers the previous gradient
 * only, so nothing gathers over more than two steps: along a constant slope it is $1 + \mu$ times as fast as plain descent, where
 * {@link sgdRule} gets to $1 / (1 - \mu)$ times. It is here to be compared, not to train with.
 *
 * @example
 * const weight = new Parameter(tensor(1));
 * const optimizer = new Optimizer(twoTermMomentumRule, [weight], { lr: 0.5, momentum: 0.5 });
 * for (let i = 0; i < 3; i++) optimizer.step(new Map([[weight, tensor(1)]]));
 * await weight.item() // -1
 */
export const twoTermMomentumRule: UpdateRule<MomentumHyper, TwoTermMomentumState> = {
  name: 'TwoTermMomentum',
  check: (hyper) => checkMomentum('TwoTermMomentum', hyper),
  update(value, grad, state, { lr, momentum }) {
    const direction = state === undefined ? grad : add(grad, mul(state.prev, momentum));
    return { value: sub(value, mul(direction, lr)), state: { prev: grad } };
  },
};

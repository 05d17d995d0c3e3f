import { add, div, mul, sqrt, square, sub } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { UpdateRule } from '../update-rule.ts';
import { descentOf } from './descent.ts';
import { checkMoments, type MomentsHyper, type MomentsState } from './moments.ts';
import { movingAverage } from './moving-average.ts';

/** Hyperparameters of {@link nadamRule}. */
export interface NAdamHyper extends MomentsHyper {
  /** $\psi$: how fast the momentum $\mu_t$ grows to $\beta_1$. */
  readonly momentumDecay: number;
}

/** What {@link nadamRule} remembers: the moments, and the product of all $\mu_t$ so far. */
export interface NAdamState extends MomentsState {
  readonly muProduct: number;
}

/**
 * NAdam, Adam with Nesterov's momentum: $m$ and $v$ as in {@link adamRule}, $\mu_t = \beta_1 (1 - \frac12 \, 0.96^{t \psi})$,
 * $\theta \leftarrow \theta - \eta \Big(\frac{(1 - \mu_t) \, g}{1 - \prod_{i \le t} \mu_i} + \frac{\mu_{t+1} \, m}{1 - \prod_{i \le t+1} \mu_i}\Big)
 * \, / \, \big(\sqrt{v / (1 - \beta_2^t)} + \varepsilon\big)$.
 *
 * @see Dozat, Incorporating Nesterov momentum into Adam, 2016
 */
export const nadamRule: UpdateRule<NAdamHyper, NAdamState> = {
  name: 'NAdam',
  check(hyper) {
    checkMoments('NAdam', hyper);
    checkNotNegative('NAdam', 'momentumDecay', hyper.momentumDecay);
  },
  update(value, grad, state, hyper) {
    const {
      lr,
      betas: [beta1, beta2],
      eps,
      momentumDecay,
    } = hyper;
    const slope = descentOf(value, grad, hyper);
    const step = (state?.step ?? 0) + 1;
    const momentumAt = (t: number): number => beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));
    const [mu, nextMu] = [momentumAt(step), momentumAt(step + 1)];
    const muProduct = (state?.muProduct ?? 1) * mu;
    const expAvg = movingAverage(state?.expAvg, slope, beta1);
    const expAvgSq = movingAverage(state?.expAvgSq, square(slope), beta2);
    const denominator = add(sqrt(div(expAvgSq, 1 - beta2 ** step)), eps);
    const direction = add(mul(slope, (1 - mu) / (1 - muProduct)), mul(expAvg, nextMu / (1 - muProduct * nextMu)));
    return { value: sub(value, mul(div(direction, denominator), lr)), state: { step, expAvg, expAvgSq, muProduct } };
  },
};

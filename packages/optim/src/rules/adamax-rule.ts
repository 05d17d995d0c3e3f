import { abs, add, div, maximum, mul, sub, type Tensor } from '@dl/tensor';
import type { UpdateRule } from '../update-rule.ts';
import { descentOf } from './descent.ts';
import { checkMoments, type MomentsHyper } from './moments.ts';
import { movingAverage } from './moving-average.ts';

/** What {@link adamaxRule} remembers. */
export interface AdamaxState extends Readonly<Record<string, Tensor | number>> {
  readonly step: number;
  readonly expAvg: Tensor;
  readonly expInf: Tensor;
}

/**
 * Adamax, Adam by the infinity norm: $m \leftarrow \beta_1 m + (1 - \beta_1) g$, $u \leftarrow \max(\beta_2 u, |g| + \varepsilon)$,
 * $\theta \leftarrow \theta - \frac{\eta}{1 - \beta_1^t} \, m / u$, with $g \leftarrow g + \lambda \theta$ before.
 *
 * @see Kingma & Ba, 2015, section 7.1; $\varepsilon$ as in PyTorch
 */
export const adamaxRule: UpdateRule<MomentsHyper, AdamaxState> = {
  name: 'Adamax',
  check: (hyper) => checkMoments('Adamax', hyper),
  update(value, grad, state, hyper) {
    const {
      lr,
      betas: [beta1, beta2],
      eps,
    } = hyper;
    const slope = descentOf(value, grad, hyper);
    const step = (state?.step ?? 0) + 1;
    const expAvg = movingAverage(state?.expAvg, slope, beta1);
    const size = add(abs(slope), eps);
    const expInf = state === undefined ? size : maximum(mul(state.expInf, beta2), size);
    return { value: sub(value, mul(div(expAvg, expInf), lr / (1 - beta1 ** step))), state: { step, expAvg, expInf } };
  },
};

import { add, div, mul, sqrt, square, sub } from '@dl/tensor';
import type { UpdateRule } from '../update-rule.ts';
import { descentOf } from './descent.ts';
import { checkMoments, type MomentsHyper, type MomentsState } from './moments.ts';
import { movingAverage } from './moving-average.ts';

/**
 * RAdam, Adam that waits for its second moment: with $\rho_\infty = \frac{2}{1 - \beta_2} - 1$ and
 * $\rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t}$, a step is that of Adam times
 * $\sqrt{\frac{(\rho_t - 4)(\rho_t - 2) \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2) \rho_t}}$ where $\rho_t > 5$, and before that
 * $\theta \leftarrow \theta - \frac{\eta}{1 - \beta_1^t} m$.
 *
 * @see Liu et al., On the variance of the adaptive learning rate and beyond, 2020; $\varepsilon$ as in PyTorch
 */
export const radamRule: UpdateRule<MomentsHyper, MomentsState> = {
  name: 'RAdam',
  check: (hyper) => checkMoments('RAdam', hyper),
  update(value, grad, state, hyper) {
    const {
      lr,
      betas: [beta1, beta2],
      eps,
    } = hyper;
    const slope = descentOf(value, grad, hyper);
    const step = (state?.step ?? 0) + 1;
    const expAvg = movingAverage(state?.expAvg, slope, beta1);
    const expAvgSq = movingAverage(state?.expAvgSq, square(slope), beta2);
    const rate = lr / (1 - beta1 ** step);
    const rectification = rectificationOf(beta2, step);
    const change =
      rectification === undefined
        ? mul(expAvg, rate)
        : mul(div(expAvg, add(sqrt(expAvgSq), eps)), rate * rectification * Math.sqrt(1 - beta2 ** step));
    return { value: sub(value, change), state: { step, expAvg, expAvgSq } };
  },
};

/** How far the second moment is to be trusted at a step; undefined while its variance has no bound. */
function rectificationOf(beta2: number, step: number): number | undefined {
  const end = 2 / (1 - beta2) - 1;
  const now = end - (2 * step * beta2 ** step) / (1 - beta2 ** step);
  return now > 5 ? Math.sqrt(((now - 4) * (now - 2) * end) / ((end - 4) * (end - 2) * now)) : undefined;
}

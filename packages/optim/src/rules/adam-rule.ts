import type { AdamStepAttrs } from '@dl/kernels';
import { add, div, fuse, maximum, mul, neg, sqrt, square, sub, type Tensor } from '@dl/tensor';
import type { Updated, UpdateRule } from '../update-rule.ts';
import { descentOf } from './descent.ts';
import { checkMoments, type MomentsHyper, type MomentsState } from './moments.ts';
import { movingAverage } from './moving-average.ts';

/** Hyperparameters of {@link adamRule} and {@link adamWRule}. */
export interface AdamHyper extends MomentsHyper {
  /** Whether the largest denominator so far is used, which never lets a step grow again (Reddi et al., 2018). */
  readonly amsgrad: boolean;
}

/** What {@link adamRule} remembers. */
export interface AdamState extends MomentsState {
  readonly maxExpAvgSq?: Tensor;
}

/**
 * Adam: $m \leftarrow \beta_1 m + (1 - \beta_1) g$, $v \leftarrow \beta_2 v + (1 - \beta_2) g^2$,
 * $\theta \leftarrow \theta - \frac{\eta}{1 - \beta_1^t} \, m \, / \, \big(\sqrt{v / (1 - \beta_2^t)} + \varepsilon\big)$, with
 * $g \leftarrow g + \lambda \theta$ before.
 *
 * @see Kingma & Ba, 2015
 */
export const adamRule: UpdateRule<AdamHyper, AdamState> = {
  name: 'Adam',
  check: (hyper) => checkMoments('Adam', hyper),
  update(value, grad, state, hyper) {
    const fused = fusedAdamStep(value, grad, state, hyper, { penalty: hyper.weightDecay, shrink: 1 });
    if (fused !== undefined) return fused;
    const {
      lr,
      betas: [beta1, beta2],
      eps,
      amsgrad,
    } = hyper;
    const slope = descentOf(value, grad, hyper);
    const step = (state?.step ?? 0) + 1;
    const expAvg = movingAverage(state?.expAvg, slope, beta1);
    const expAvgSq = movingAverage(state?.expAvgSq, square(slope), beta2);
    const maxExpAvgSq = amsgrad && state?.maxExpAvgSq ? maximum(state.maxExpAvgSq, expAvgSq) : expAvgSq;
    const denominator = add(div(sqrt(maxExpAvgSq), Math.sqrt(1 - beta2 ** step)), eps);
    const change = mul(div(expAvg, denominator), lr / (1 - beta1 ** step));
    return {
      value: sub(value, change),
      state: { step, expAvg, expAvgSq, ...(amsgrad && { maxExpAvgSq }) },
    };
  },
};

/** What weight decay does in a step: to the gradient in Adam, to the value in AdamW. */
type Decay = Pick<AdamStepAttrs, 'penalty' | 'shrink'>;

/** The step as one kernel, from the second one on, where the backend has it; it knows no largest denominator. */
export function fusedAdamStep(
  value: Tensor,
  grad: Tensor,
  state: AdamState | undefined,
  { lr, betas: [beta1, beta2], eps, amsgrad, maximize }: AdamHyper,
  decay: Decay,
): Updated<AdamState> | undefined {
  if (state === undefined || amsgrad) return undefined;
  const step = state.step + 1;
  const attrs = { rate: lr / (1 - beta1 ** step), beta1, beta2, eps, correction: Math.sqrt(1 - beta2 ** step), ...decay };
  const slope = maximize ? neg(grad) : grad;
  const next = fuse('adamStep', [value, slope, state.expAvg, state.expAvgSq], attrs, [value, value, value]);
  return next && { value: next[0], state: { step, expAvg: next[1], expAvgSq: next[2] } };
}

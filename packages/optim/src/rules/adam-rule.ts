import type { AdamStepAttrs } from '@dl/kernels';
import { add, div, fuse, maximum, mul, sqrt, square, sub, type Tensor } from '@dl/tensor';
import { checkNotNegative, checkRate } from '../check-hyper.ts';
import type { Hyper, Updated, UpdateRule } from '../update-rule.ts';

/** Hyperparameters of {@link adamRule} and {@link adamWRule}. */
export interface AdamHyper extends Hyper {
  /** $\beta_1, \beta_2$: how much of the running mean of the gradient, and of its square, is kept. */
  readonly betas: readonly [number, number];
  /** $\varepsilon$: keeps the denominator from zero. */
  readonly eps: number;
  /** $\lambda$: an L2 penalty in Adam; in AdamW the weights shrink by $\eta \lambda$ a step, apart from the gradient. */
  readonly weightDecay: number;
  /** Whether the largest denominator so far is used, which never lets a step grow again (Reddi et al., 2018). */
  readonly amsgrad: boolean;
}

/** What {@link adamRule} remembers. */
export interface AdamState extends Readonly<Record<string, Tensor | number | undefined>> {
  readonly step: number;
  readonly expAvg: Tensor;
  readonly expAvgSq: Tensor;
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
  check: (hyper) => checkAdam('Adam', hyper),
  update(value, grad, state, hyper) {
    const fused = fusedAdamStep(value, grad, state, hyper, { penalty: hyper.weightDecay, shrink: 1 });
    if (fused !== undefined) return fused;
    const {
      lr,
      betas: [beta1, beta2],
      eps,
      weightDecay,
      amsgrad,
    } = hyper;
    const slope = weightDecay === 0 ? grad : add(grad, mul(value, weightDecay));
    const step = (state?.step ?? 0) + 1;
    const expAvg = average(state?.expAvg, slope, beta1);
    const expAvgSq = average(state?.expAvgSq, square(slope), beta2);
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
  { lr, betas: [beta1, beta2], eps, amsgrad }: AdamHyper,
  decay: Decay,
): Updated<AdamState> | undefined {
  if (state === undefined || amsgrad) return undefined;
  const step = state.step + 1;
  const attrs = { rate: lr / (1 - beta1 ** step), beta1, beta2, eps, correction: Math.sqrt(1 - beta2 ** step), ...decay };
  const next = fuse('adamStep', [value, grad, state.expAvg, state.expAvgSq], attrs, [value, value, value]);
  return next && { value: next[0], state: { step, expAvg: next[1], expAvgSq: next[2] } };
}

/** An exponential moving average that starts at zero. */
function average(last: Tensor | undefined, next: Tensor, beta: number): Tensor {
  const share = mul(next, 1 - beta);
  return last === undefined ? share : add(mul(last, beta), share);
}

/**
 * Refuses what Adam and its variants cannot step with.
 *
 * @throws {@link ArgumentError} naming the hyperparameter
 */
export function checkAdam(op: string, { lr, betas, eps, weightDecay }: AdamHyper): void {
  checkNotNegative(op, 'lr', lr);
  checkRate(op, 'betas[0]', betas[0]);
  checkRate(op, 'betas[1]', betas[1]);
  checkNotNegative(op, 'eps', eps);
  checkNotNegative(op, 'weightDecay', weightDecay);
}

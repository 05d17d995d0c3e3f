import { add, div, mul, relu, sqrt, square, sub, type Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { UpdateRule } from '../update-rule.ts';
import { checkDescent, type DescentHyper, descentOf } from './descent.ts';
import { movingAverage } from './moving-average.ts';

/** Hyperparameters of {@link rmspropRule}. */
export interface RMSpropHyper extends DescentHyper {
  /** $\alpha$: how much of the running mean of squares is kept. */
  readonly alpha: number;
  /** $\varepsilon$: keeps the denominator from zero. */
  readonly eps: number;
  /** $\mu$: how much of the last direction is kept. */
  readonly momentum: number;
  /** Whether the gradient is divided by its standard deviation and not by its root mean square. */
  readonly centered: boolean;
}

/** What {@link rmspropRule} remembers. */
export interface RMSpropState extends Readonly<Record<string, Tensor | number | undefined>> {
  readonly step: number;
  readonly squareAvg: Tensor;
  readonly gradAvg?: Tensor;
  readonly momentumBuffer?: Tensor;
}

/**
 * RMSprop: $v \leftarrow \alpha v + (1 - \alpha) g^2$, $d = g \, / \, (\sqrt{v} + \varepsilon)$, $\theta \leftarrow \theta - \eta d$. Centred,
 * $v - \bar g^2$ stands under the root with $\bar g \leftarrow \alpha \bar g + (1 - \alpha) g$; with momentum $b \leftarrow \mu b + d$
 * takes the place of $d$. Before, $g \leftarrow g + \lambda \theta$.
 *
 * @see Tieleman & Hinton, Lecture 6.5, 2012; centred, Graves, 2013
 */
export const rmspropRule: UpdateRule<RMSpropHyper, RMSpropState> = {
  name: 'RMSprop',
  check(hyper) {
    checkDescent('RMSprop', hyper);
    for (const name of ['alpha', 'eps', 'momentum'] as const) checkNotNegative('RMSprop', name, hyper[name]);
  },
  update(value, grad, state, hyper) {
    const { lr, alpha, eps, momentum, centered } = hyper;
    const slope = descentOf(value, grad, hyper);
    const squareAvg = movingAverage(state?.squareAvg, square(slope), alpha);
    const gradAvg = centered ? movingAverage(state?.gradAvg, slope, alpha) : undefined;
    // Where gradients hardly vary, rounding takes the difference below zero; PyTorch's root is NaN there.
    const spread = gradAvg === undefined ? squareAvg : relu(sub(squareAvg, square(gradAvg)));
    const scaled = div(slope, add(sqrt(spread), eps));
    const last = state?.momentumBuffer;
    const direction = momentum === 0 || last === undefined ? scaled : add(mul(last, momentum), scaled);
    const kept = { step: (state?.step ?? 0) + 1, squareAvg, ...(gradAvg && { gradAvg }) };
    return {
      value: sub(value, mul(direction, lr)),
      state: momentum === 0 ? kept : { ...kept, momentumBuffer: direction },
    };
  },
};

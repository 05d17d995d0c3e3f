import { add, div, mul, sqrt, square, sub, type Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { UpdateRule } from '../update-rule.ts';
import { checkDescent, type DescentHyper, descentOf } from './descent.ts';

/** Hyperparameters of {@link adagradRule}. */
export interface AdagradHyper extends DescentHyper {
  /** $\gamma$: the rate falls as $1 / (1 + \gamma (t - 1))$ besides. */
  readonly lrDecay: number;
  /** What the sum of squares starts from. */
  readonly initialAccumulatorValue: number;
  /** $\varepsilon$: keeps the denominator from zero. */
  readonly eps: number;
}

/** What {@link adagradRule} remembers. */
export interface AdagradState extends Readonly<Record<string, Tensor | number>> {
  readonly step: number;
  readonly sum: Tensor;
}

/**
 * Adagrad: $s \leftarrow s + g^2$, $\theta \leftarrow \theta - \frac{\eta}{1 + \gamma (t - 1)} \, g \, / \, (\sqrt{s} + \varepsilon)$, with
 * $g \leftarrow g + \lambda \theta$ before.
 *
 * @see Duchi, Hazan & Singer, 2011
 */
export const adagradRule: UpdateRule<AdagradHyper, AdagradState> = {
  name: 'Adagrad',
  check(hyper) {
    checkDescent('Adagrad', hyper);
    checkNotNegative('Adagrad', 'lrDecay', hyper.lrDecay);
    checkNotNegative('Adagrad', 'initialAccumulatorValue', hyper.initialAccumulatorValue);
    checkNotNegative('Adagrad', 'eps', hyper.eps);
  },
  update(value, grad, state, hyper) {
    const slope = descentOf(value, grad, hyper);
    const step = (state?.step ?? 0) + 1;
    const sum = add(square(slope), state?.sum ?? hyper.initialAccumulatorValue);
    const rate = hyper.lr / (1 + (step - 1) * hyper.lrDecay);
    return { value: sub(value, mul(div(slope, add(sqrt(sum), hyper.eps)), rate)), state: { step, sum } };
  },
};

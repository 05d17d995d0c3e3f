import { ArgumentError } from '@dl/kernels';
import { add, div, mul, sqrt, square, sub, type Tensor, zerosLike } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { UpdateRule } from '../update-rule.ts';
import { checkDescent, type DescentHyper, descentOf } from './descent.ts';
import { movingAverage } from './moving-average.ts';

/** Hyperparameters of {@link adadeltaRule}. */
export interface AdadeltaHyper extends DescentHyper {
  /** $\rho$: how much of the running means of squares is kept. */
  readonly rho: number;
  /** $\varepsilon$: keeps both roots from zero, and so sets the length of the first steps. */
  readonly eps: number;
}

/** What {@link adadeltaRule} remembers. */
export interface AdadeltaState extends Readonly<Record<string, Tensor | number>> {
  readonly step: number;
  readonly squareAvg: Tensor;
  readonly accDelta: Tensor;
}

/**
 * Adadelta: $v \leftarrow \rho v + (1 - \rho) g^2$, $\Delta = g \sqrt{u + \varepsilon} \, / \sqrt{v + \varepsilon}$,
 * $u \leftarrow \rho u + (1 - \rho) \Delta^2$, $\theta \leftarrow \theta - \eta \Delta$, with $g \leftarrow g + \lambda \theta$ before.
 *
 * @see Zeiler, ADADELTA: an adaptive learning rate method, 2012
 */
export const adadeltaRule: UpdateRule<AdadeltaHyper, AdadeltaState> = {
  name: 'Adadelta',
  check(hyper) {
    checkDescent('Adadelta', hyper);
    if (!(hyper.rho >= 0 && hyper.rho <= 1)) throw new ArgumentError('Adadelta', `rho must be in [0, 1], got ${hyper.rho}`);
    checkNotNegative('Adadelta', 'eps', hyper.eps);
  },
  update(value, grad, state, hyper) {
    const { lr, rho, eps } = hyper;
    const slope = descentOf(value, grad, hyper);
    const squareAvg = movingAverage(state?.squareAvg, square(slope), rho);
    const last = state?.accDelta ?? zerosLike(value);
    const delta = mul(div(sqrt(add(last, eps)), sqrt(add(squareAvg, eps))), slope);
    const accDelta = movingAverage(last, square(delta), rho);
    return { value: sub(value, mul(delta, lr)), state: { step: (state?.step ?? 0) + 1, squareAvg, accDelta } };
  },
};

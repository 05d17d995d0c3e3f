import { ArgumentError } from '@dl/kernels';
import type { Schedule } from './schedule.ts';

/** What {@link robbinsMonro} finds. */
export interface RobbinsMonro {
  /** Whether $\sum_t \eta_t = \infty$: the steps reach any place, however far. */
  readonly sumDiverges: boolean;
  /** Whether $\sum_t \eta_t^2 < \infty$: the noise of the gradients dies away. */
  readonly sumOfSquaresConverges: boolean;
  /** Whether both hold. */
  readonly holds: boolean;
}

/**
 * Whether stochastic gradient descent comes to rest under a schedule: the conditions of Robbins and Monro, $\sum_t \eta_t = \infty$ and
 * $\sum_t \eta_t^2 < \infty$. A schedule that falls as $t^{-p}$ fulfils the first for $p \le 1$ and the second for $p > \frac12$; that follows
 * from its {@link Schedule.decayOrder | decayOrder}, no sum is computed.
 *
 * @throws {@link ArgumentError} for a schedule that does not know how it ends: give it with {@link withDecayOrder}
 * @example
 * robbinsMonro(inverseDecay({ gamma: 0.1 })).holds // true
 * robbinsMonro(stepDecay({ stepSize: 30 })) // { sumDiverges: false, sumOfSquaresConverges: true, holds: false }
 * robbinsMonro(stepDecay({ stepSize: 30, gamma: 1 })) // { sumDiverges: true, sumOfSquaresConverges: false, holds: false }
 * @see Robbins & Monro, A stochastic approximation method, 1951
 */
export function robbinsMonro({ decayOrder }: Schedule): RobbinsMonro {
  if (decayOrder === undefined) {
    throw new ArgumentError('robbinsMonro', 'the schedule must know how it ends, got one without decayOrder: see withDecayOrder');
  }
  const sumDiverges = decayOrder <= 1;
  const sumOfSquaresConverges = decayOrder > 0.5;
  return { sumDiverges, sumOfSquaresConverges, holds: sumDiverges && sumOfSquaresConverges };
}

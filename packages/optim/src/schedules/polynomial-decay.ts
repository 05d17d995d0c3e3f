import { checkNotNegative } from '../check-hyper.ts';
import { checkSteps } from './check-schedule.ts';
import { type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link polynomialDecay}. */
export interface PolynomialDecayOptions {
  /** Steps until zero. Default 5. */
  readonly totalIters?: number | undefined;
  /** $\rho$. Default 1: a straight line. */
  readonly power?: number | undefined;
}

/**
 * Polynomial decay to zero, $(1 - \min(t, T) / T)^\rho$.
 *
 * @throws {@link ArgumentError} unless `totalIters` is a positive integer and `power` a number ≥ 0
 * @example
 * [0, 1, 2, 3].map(polynomialDecay({ totalIters: 2, power: 2 })) // [1, 0.25, 0, 0]
 */
export function polynomialDecay({ totalIters = 5, power = 1 }: PolynomialDecayOptions = {}): Schedule {
  checkSteps('polynomialDecay', 'totalIters', totalIters);
  checkNotNegative('polynomialDecay', 'power', power);
  return withDecayOrder(
    (step) => (1 - Math.min(step, totalIters) / totalIters) ** power,
    power > 0 ? Number.POSITIVE_INFINITY : 0,
  );
}

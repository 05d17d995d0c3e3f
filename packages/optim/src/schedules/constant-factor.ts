import { checkFactor, checkSteps } from './check-schedule.ts';
import { type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link constantFactor}. */
export interface ConstantFactorOptions {
  /** The first factor. Default 1/3. */
  readonly factor?: number | undefined;
  /** Steps after which it is 1. Default 5. */
  readonly totalIters?: number | undefined;
}

/**
 * A factor for some steps, then 1: the simplest warm-up.
 *
 * @throws {@link ArgumentError} unless `factor` is in [0, 1] and `totalIters` a positive integer
 * @example
 * [0, 1, 2, 3].map(constantFactor({ factor: 0.5, totalIters: 2 })) // [0.5, 0.5, 1, 1]
 */
export function constantFactor({ factor = 1 / 3, totalIters = 5 }: ConstantFactorOptions = {}): Schedule {
  checkFactor('constantFactor', 'factor', factor);
  checkSteps('constantFactor', 'totalIters', totalIters);
  return withDecayOrder((step) => (step < totalIters ? factor : 1), 0);
}

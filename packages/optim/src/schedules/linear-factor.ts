import { checkFactor, checkSteps } from './check-schedule.ts';
import { type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link linearFactor}. */
export interface LinearFactorOptions {
  /** The first factor, above 0. Default 1/3. */
  readonly startFactor?: number | undefined;
  /** The last factor. Default 1. */
  readonly endFactor?: number | undefined;
  /** Steps from one to the other. Default 5. */
  readonly totalIters?: number | undefined;
}

/**
 * A straight line from one factor to another, which then stays: a warm-up.
 *
 * @throws {@link ArgumentError} unless the factors are in [0, 1] and `totalIters` is a positive integer
 * @example
 * [0, 1, 2, 3].map(linearFactor({ startFactor: 0.5, totalIters: 2 })) // [0.5, 0.75, 1, 1]
 */
export function linearFactor({ startFactor = 1 / 3, endFactor = 1, totalIters = 5 }: LinearFactorOptions = {}): Schedule {
  checkFactor('linearFactor', 'startFactor', startFactor);
  checkFactor('linearFactor', 'endFactor', endFactor);
  checkSteps('linearFactor', 'totalIters', totalIters);
  return withDecayOrder(
    (step) => startFactor + ((endFactor - startFactor) * Math.min(step, totalIters)) / totalIters,
    endFactor > 0 ? 0 : Number.POSITIVE_INFINITY,
  );
}

import { checkNotNegative } from '../check-hyper.ts';
import { checkSteps } from './check-schedule.ts';
import { geometricOrder, type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link stepDecay}. */
export interface StepDecayOptions {
  /** Steps (of the schedule: epochs, usually) between two drops. */
  readonly stepSize: number;
  /** What each drop multiplies by. Default 0.1. */
  readonly gamma?: number | undefined;
}

/**
 * Step decay, $\gamma^{\lfloor t / s \rfloor}$.
 *
 * @throws {@link ArgumentError} unless `stepSize` is a positive integer and `gamma` a number ≥ 0
 * @example
 * const schedule = stepDecay({ stepSize: 2, gamma: 0.5 });
 * [0, 1, 2, 3, 4].map(schedule) // [1, 1, 0.5, 0.5, 0.25]
 */
export function stepDecay({ stepSize, gamma = 0.1 }: StepDecayOptions): Schedule {
  checkSteps('stepDecay', 'stepSize', stepSize);
  checkNotNegative('stepDecay', 'gamma', gamma);
  return withDecayOrder((step) => gamma ** Math.floor(step / stepSize), geometricOrder(gamma));
}

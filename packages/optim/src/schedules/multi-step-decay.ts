import { checkNotNegative } from '../check-hyper.ts';
import { checkMilestones } from './check-schedule.ts';
import { type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link multiStepDecay}. */
export interface MultiStepDecayOptions {
  /** The steps at which it drops, in growing order; one named twice drops twice. */
  readonly milestones: readonly number[];
  /** What each drop multiplies by. Default 0.1. */
  readonly gamma?: number | undefined;
}

/**
 * Drops at given steps, $\gamma^{\#\{m : m \le t\}}$.
 *
 * @throws {@link ArgumentError} unless `milestones` are positive integers in growing order and `gamma` is a number ≥ 0
 * @example
 * const schedule = multiStepDecay({ milestones: [1, 3], gamma: 0.5 });
 * [0, 1, 2, 3, 4].map(schedule) // [1, 0.5, 0.5, 0.25, 0.25]
 */
export function multiStepDecay({ milestones, gamma = 0.1 }: MultiStepDecayOptions): Schedule {
  checkMilestones('multiStepDecay', milestones);
  checkNotNegative('multiStepDecay', 'gamma', gamma);
  const endsAtZero = gamma === 0 && milestones.length > 0;
  return withDecayOrder(
    (step) => gamma ** milestones.filter((milestone) => milestone <= step).length,
    endsAtZero ? Number.POSITIVE_INFINITY : 0,
  );
}

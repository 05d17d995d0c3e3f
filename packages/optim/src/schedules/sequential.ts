import { ArgumentError } from '@dl/kernels';
import { checkMilestones } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

/**
 * One schedule after another: each begins at its own step 0 where the one before ends.
 *
 * @param milestones - the steps at which the second schedule begins, the third …
 * @throws {@link ArgumentError} unless there is one schedule more than milestones, which are positive integers in growing order
 * @example
 * const warmUp = linearFactor({ startFactor: 0.5, totalIters: 2 });
 * const schedule = sequential([warmUp, exponentialDecay({ gamma: 0.5 })], [2]);
 * [0, 1, 2, 3, 4].map(schedule) // [0.5, 0.75, 1, 0.5, 0.25]
 */
export function sequential(schedules: readonly Schedule[], milestones: readonly number[]): Schedule {
  checkMilestones('sequential', milestones);
  if (schedules.length !== milestones.length + 1) {
    throw new ArgumentError('sequential', `there must be ${milestones.length + 1} schedules, got ${schedules.length}`);
  }
  const factor = (step: number): number => {
    const place = milestones.filter((milestone) => milestone <= step).length;
    return schedules[place](step - (milestones[place - 1] ?? 0));
  };
  return Object.assign(factor, { decayOrder: schedules[milestones.length].decayOrder });
}

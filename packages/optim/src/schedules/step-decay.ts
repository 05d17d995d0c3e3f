import { ArgumentError } from '@dl/kernels';
import type { Schedule } from './schedule.ts';

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
  if (!Number.isInteger(stepSize) || stepSize < 1) {
    throw new ArgumentError('stepDecay', `stepSize must be a positive integer, got ${stepSize}`);
  }
  if (!(gamma >= 0)) throw new ArgumentError('stepDecay', `gamma must be a number ≥ 0, got ${gamma}`);
  return (step) => gamma ** Math.floor(step / stepSize);
}

import { ArgumentError } from '@dl/kernels';
import type { Schedule } from './schedule.ts';

/**
 * Several schedules at once: the product of their factors.
 *
 * @throws {@link ArgumentError} without schedules
 * @example
 * const schedule = chained([constantFactor({ factor: 0.5, totalIters: 2 }), exponentialDecay({ gamma: 0.5 })]);
 * [0, 1, 2, 3].map(schedule) // [0.5, 0.25, 0.25, 0.125]
 */
export function chained(schedules: readonly Schedule[]): Schedule {
  if (schedules.length === 0) throw new ArgumentError('chained', 'there must be schedules, got none');
  const factor = (step: number): number => schedules.reduce((product, schedule) => product * schedule(step), 1);
  return Object.assign(factor, { decayOrder: orderOf(schedules) });
}

/** The sum of the orders, where all are known and do not cancel out. */
function orderOf(schedules: readonly Schedule[]): number | undefined {
  const order = schedules.reduce((sum, { decayOrder = Number.NaN }) => sum + decayOrder, 0);
  return Number.isNaN(order) ? undefined : order;
}

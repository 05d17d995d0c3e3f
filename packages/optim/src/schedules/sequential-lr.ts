import { LRScheduler, type Schedulable } from './lr-scheduler.ts';
import type { Schedule } from './schedule.ts';
import { sequential } from './sequential.ts';

/** Options of {@link SequentialLR}. */
export interface SequentialLROptions {
  readonly schedules: readonly Schedule[];
  /** The steps at which the second schedule begins, the third …. */
  readonly milestones: readonly number[];
}

/**
 * One schedule after another under its PyTorch name: {@link LRScheduler} along {@link sequential}. It takes schedules where PyTorch takes
 * schedulers, so nothing has to be undone that their constructors did.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const schedules = [linearFactor({ startFactor: 0.5, totalIters: 2 }), cosineAnnealing({ tMax: 10 })];
 * const scheduler = new SequentialLR(optimizer, { schedules, milestones: [2] });
 * scheduler.step();
 * optimizer.lr // 0.375
 */
export class SequentialLR extends LRScheduler {
  /** @throws {@link ArgumentError} unless there is one schedule more than milestones, which are positive integers in growing order */
  constructor(optimizer: Schedulable, { schedules, milestones }: SequentialLROptions) {
    super(optimizer, sequential(schedules, milestones));
  }
}

import { chained } from './chained.ts';
import { LRScheduler, type Schedulable } from './lr-scheduler.ts';
import type { Schedule } from './schedule.ts';

/**
 * Several schedules at once under its PyTorch name: {@link LRScheduler} along {@link chained}. It takes schedules where PyTorch takes
 * schedulers.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new ChainedScheduler(optimizer, [linearFactor({ startFactor: 0.5 }), exponentialDecay({ gamma: 0.5 })]);
 * scheduler.step();
 * optimizer.lr // 0.15
 */
export class ChainedScheduler extends LRScheduler {
  /** @throws {@link ArgumentError} without schedules */
  constructor(optimizer: Schedulable, schedules: readonly Schedule[]) {
    super(optimizer, chained(schedules));
  }
}

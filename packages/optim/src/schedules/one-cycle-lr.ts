import { eachGroup } from './check-schedule.ts';
import { LRScheduler, type Schedulable } from './lr-scheduler.ts';
import { cycleBetween, type OneCycleOptions, oneCycle } from './one-cycle.ts';

/** Options of {@link OneCycleLR}. */
export interface OneCycleLROptions extends OneCycleOptions {
  /** The highest rate, of all groups or of each. */
  readonly maxLr: number | readonly number[];
  /** Whether the momentum (or `betas[0]`) goes down while the rate goes up, and up again. Default `true`. */
  readonly cycleMomentum?: boolean | undefined;
  /** The lowest momentum, of all groups or of each. Default 0.85. */
  readonly baseMomentum?: number | readonly number[] | undefined;
  /** The highest momentum, of all groups or of each. Default 0.95. */
  readonly maxMomentum?: number | readonly number[] | undefined;
}

/**
 * One cycle of rate and momentum under its PyTorch name: {@link LRScheduler} along {@link oneCycle}. The optimiser's own rates are set
 * aside. Call `step` after every batch, `totalSteps` times at most.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.1, momentum: 0.9 });
 * new OneCycleLR(optimizer, { maxLr: 0.5, totalSteps: 100 });
 * optimizer.hyper[0].lr // 0.02
 * optimizer.hyper[0].momentum // 0.95
 */
export class OneCycleLR extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain, and for an optimiser without momentum unless `cycleMomentum` is off */
  constructor(
    optimizer: Schedulable,
    { maxLr, cycleMomentum = true, baseMomentum = 0.85, maxMomentum = 0.95, ...options }: OneCycleLROptions,
  ) {
    const groups = optimizer.hyper.length;
    const lowest = eachGroup('OneCycleLR', 'baseMomentum', baseMomentum, groups);
    const highest = eachGroup('OneCycleLR', 'maxMomentum', maxMomentum, groups);
    super(optimizer, oneCycle(options), {
      baseLrs: eachGroup('OneCycleLR', 'maxLr', maxLr, groups),
      momentums: cycleMomentum ? highest.map((high, i) => cycleBetween(high, lowest[i], high, options)) : undefined,
    });
  }
}

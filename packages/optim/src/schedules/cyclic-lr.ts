import { eachGroup } from './check-schedule.ts';
import { type CyclicOptions, cyclic } from './cyclic.ts';
import { LRScheduler, type Schedulable } from './lr-scheduler.ts';

/** Options of {@link CyclicLR}. */
export interface CyclicLROptions extends Omit<CyclicOptions, 'base'> {
  /** The lowest rate, of all groups or of each. */
  readonly baseLr: number | readonly number[];
  /** The highest rate, of all groups or of each. */
  readonly maxLr: number | readonly number[];
  /** Whether the momentum (or `betas[0]`) goes down while the rate goes up. Default `true`. */
  readonly cycleMomentum?: boolean | undefined;
  /** The lowest momentum, of all groups or of each. Default 0.8. */
  readonly baseMomentum?: number | readonly number[] | undefined;
  /** The highest momentum, of all groups or of each. Default 0.9. */
  readonly maxMomentum?: number | readonly number[] | undefined;
}

/**
 * Cycles of rate and momentum under its PyTorch name: {@link LRScheduler} along {@link cyclic}. The optimiser's own rates are set aside. Call
 * `step` after every batch.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.1, momentum: 0.9 });
 * const scheduler = new CyclicLR(optimizer, { baseLr: 0.25, maxLr: 0.75, stepSizeUp: 2 });
 * scheduler.step();
 * optimizer.hyper[0].lr // 0.5
 * optimizer.hyper[0].momentum // 0.85
 */
export class CyclicLR extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain, and for an optimiser without momentum unless `cycleMomentum` is off */
  constructor(
    optimizer: Schedulable,
    { baseLr, maxLr, cycleMomentum = true, baseMomentum = 0.8, maxMomentum = 0.9, ...options }: CyclicLROptions,
  ) {
    const groups = optimizer.hyper.length;
    const lowestRates = eachGroup('CyclicLR', 'baseLr', baseLr, groups);
    const highestRates = eachGroup('CyclicLR', 'maxLr', maxLr, groups);
    const lowest = eachGroup('CyclicLR', 'baseMomentum', baseMomentum, groups);
    const highest = eachGroup('CyclicLR', 'maxMomentum', maxMomentum, groups);
    const height = cyclic(options);
    super(optimizer, height, {
      baseLrs: highestRates,
      minLrs: lowestRates,
      momentums: cycleMomentum ? highest.map((high, i) => (step) => high - (high - lowest[i]) * height(step)) : undefined,
    });
  }
}

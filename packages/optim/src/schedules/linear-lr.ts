import { type LinearFactorOptions, linearFactor } from './linear-factor.ts';
import { LRScheduler, type Schedulable } from './lr-scheduler.ts';

/**
 * A linear warm-up under its PyTorch name: {@link LRScheduler} along {@link linearFactor}.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new LinearLR(optimizer, { startFactor: 0.5, totalIters: 2 });
 * scheduler.step();
 * optimizer.lr // 0.375
 */
export class LinearLR extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, options: LinearFactorOptions = {}) {
    super(optimizer, linearFactor(options));
  }
}

import { type ConstantFactorOptions, constantFactor } from './constant-factor.ts';
import { LRScheduler, type Schedulable } from './lr-scheduler.ts';

/**
 * A constant warm-up under its PyTorch name: {@link LRScheduler} along {@link constantFactor}.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new ConstantLR(optimizer, { factor: 0.5, totalIters: 2 });
 * scheduler.step();
 * optimizer.lr // 0.25
 */
export class ConstantLR extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, options: ConstantFactorOptions = {}) {
    super(optimizer, constantFactor(options));
  }
}

import { type ExponentialDecayOptions, exponentialDecay } from './exponential-decay.ts';
import { LRScheduler, type Schedulable } from './lr-scheduler.ts';

/**
 * Exponential decay under its PyTorch name: {@link LRScheduler} along {@link exponentialDecay}.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new ExponentialLR(optimizer, { gamma: 0.5 });
 * scheduler.step();
 * optimizer.lr // 0.25
 */
export class ExponentialLR extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, options: ExponentialDecayOptions) {
    super(optimizer, exponentialDecay(options));
  }
}

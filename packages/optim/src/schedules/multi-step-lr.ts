import { LRScheduler, type Schedulable } from './lr-scheduler.ts';
import { type MultiStepDecayOptions, multiStepDecay } from './multi-step-decay.ts';

/**
 * Drops at given steps under its PyTorch name: {@link LRScheduler} along {@link multiStepDecay}.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new MultiStepLR(optimizer, { milestones: [1], gamma: 0.5 });
 * scheduler.step();
 * optimizer.lr // 0.25
 */
export class MultiStepLR extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, options: MultiStepDecayOptions) {
    super(optimizer, multiStepDecay(options));
  }
}

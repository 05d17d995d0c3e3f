import { LRScheduler, type Schedulable } from './lr-scheduler.ts';
import { type StepDecayOptions, stepDecay } from './step-decay.ts';

/**
 * Step decay under its PyTorch name: {@link LRScheduler} along {@link stepDecay}.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new StepLR(optimizer, { stepSize: 1, gamma: 0.5 });
 * scheduler.step();
 * optimizer.lr // 0.25
 */
export class StepLR extends LRScheduler {
  constructor(optimizer: Schedulable, options: StepDecayOptions) {
    super(optimizer, stepDecay(options));
  }
}

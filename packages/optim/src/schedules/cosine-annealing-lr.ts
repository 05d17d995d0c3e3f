import { eachGroup } from './check-schedule.ts';
import { type CosineAnnealingOptions, cosineAnnealing } from './cosine-annealing.ts';
import { LRScheduler, type Schedulable } from './lr-scheduler.ts';

/**
 * Cosine annealing under its PyTorch name: {@link LRScheduler} along {@link cosineAnnealing}. Here `etaMin` is a learning rate, as in PyTorch.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new CosineAnnealingLR(optimizer, { tMax: 2, etaMin: 0.25 });
 * scheduler.step();
 * optimizer.lr // 0.375
 */
export class CosineAnnealingLR extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, { etaMin = 0, ...options }: CosineAnnealingOptions) {
    const minLrs = eachGroup(new.target.name, 'etaMin', etaMin, optimizer.hyper.length);
    super(optimizer, cosineAnnealing(options), { minLrs });
  }
}

import { eachGroup } from './check-schedule.ts';
import { type CosineWarmRestartsOptions, cosineWarmRestarts } from './cosine-warm-restarts.ts';
import { LRScheduler, type Schedulable } from './lr-scheduler.ts';

/**
 * Cosine annealing with warm restarts under its PyTorch name: {@link LRScheduler} along {@link cosineWarmRestarts}. Here `etaMin` is a learning rate, as in PyTorch.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new CosineAnnealingWarmRestarts(optimizer, { t0: 2, etaMin: 0.25 });
 * scheduler.step();
 * optimizer.lr // 0.375
 */
export class CosineAnnealingWarmRestarts extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, { etaMin = 0, ...options }: CosineWarmRestartsOptions) {
    const minLrs = eachGroup(new.target.name, 'etaMin', etaMin, optimizer.hyper.length);
    super(optimizer, cosineWarmRestarts(options), { minLrs });
  }
}

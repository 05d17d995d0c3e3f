import { LRScheduler, type Schedulable } from './lr-scheduler.ts';
import { type PolynomialDecayOptions, polynomialDecay } from './polynomial-decay.ts';

/**
 * Polynomial decay under its PyTorch name: {@link LRScheduler} along {@link polynomialDecay}.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new PolynomialLR(optimizer, { totalIters: 2 });
 * scheduler.step();
 * optimizer.lr // 0.25
 */
export class PolynomialLR extends LRScheduler {
  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, options: PolynomialDecayOptions = {}) {
    super(optimizer, polynomialDecay(options));
  }
}

import { ArgumentError } from '@dl/kernels';
import { checkSteps, eachGroup } from './check-schedule.ts';
import type { LRSchedulerStateDict, Schedulable } from './lr-scheduler.ts';

/** Options of {@link SWALR}. */
export interface SWALROptions {
  /** The rate to go to, of all groups or of each. */
  readonly swaLr: number | readonly number[];
  /** Steps on the way. Default 10. */
  readonly annealEpochs?: number | undefined;
  /** Whether it moves along a cosine or a straight line. Default `'cos'`. */
  readonly annealStrategy?: 'cos' | 'linear' | undefined;
}

/**
 * Leads the learning rates from wherever another schedule left them to a constant one, at which weights are averaged.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new SWALR(optimizer, { swaLr: 0.25, annealEpochs: 2, annealStrategy: 'linear' });
 * scheduler.step();
 * optimizer.lr // 0.375
 * @see Izmailov et al., Averaging weights leads to wider optima and better generalization, 2018
 */
export class SWALR {
  readonly #optimizer: Schedulable;
  readonly #swaLrs: readonly number[];
  readonly #annealEpochs: number;
  readonly #annealStrategy: 'cos' | 'linear';
  #baseLrs: readonly number[] = [];
  #steps = 0;

  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, { swaLr, annealEpochs = 10, annealStrategy = 'cos' }: SWALROptions) {
    checkSteps('SWALR', 'annealEpochs', annealEpochs);
    this.#optimizer = optimizer;
    this.#swaLrs = eachGroup('SWALR', 'swaLr', swaLr, optimizer.hyper.length);
    this.#annealEpochs = annealEpochs;
    this.#annealStrategy = annealStrategy;
  }

  /** Takes the next step: after an epoch, usually. The rates at the first one are those that it sets off from. */
  step(): void {
    if (this.#steps === 0) this.#baseLrs = this.#optimizer.hyper.map(({ lr }) => lr);
    this.#steps++;
    const share = Math.min(1, this.#steps / this.#annealEpochs);
    const way = this.#annealStrategy === 'cos' ? (1 - Math.cos(Math.PI * share)) / 2 : share;
    this.#optimizer.setHyper(this.#baseLrs.map((lr, i) => ({ lr: this.#swaLrs[i] * way + lr * (1 - way) })));
  }

  /** Where it is and what it set off from, to save. */
  stateDict(): LRSchedulerStateDict {
    return { lastEpoch: this.#steps, baseLrs: this.#baseLrs };
  }

  /**
   * Takes over what {@link SWALR.stateDict} gave.
   *
   * @throws {@link ArgumentError} unless it is of as many groups
   */
  loadStateDict({ lastEpoch, baseLrs }: LRSchedulerStateDict): void {
    if (lastEpoch > 0 && baseLrs.length !== this.#swaLrs.length) {
      throw new ArgumentError('SWALR', `the state must have ${this.#swaLrs.length} groups, got ${baseLrs.length}`);
    }
    this.#steps = lastEpoch;
    this.#baseLrs = [...baseLrs];
  }
}

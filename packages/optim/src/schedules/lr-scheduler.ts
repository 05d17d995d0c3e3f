import type { Schedule } from './schedule.ts';

/** What a scheduler needs of an optimiser. */
export interface Schedulable {
  readonly hyper: readonly { readonly lr: number }[];
  setLearningRates(rates: readonly number[]): void;
}

/**
 * Moves an optimiser's learning rates along a {@link Schedule}: each group's rate is its initial one times the schedule's factor.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new LRScheduler(optimizer, (step) => 1 / (1 + step));
 * scheduler.step();
 * optimizer.lr // 0.25
 */
export class LRScheduler {
  readonly #optimizer: Schedulable;
  readonly #schedule: Schedule;
  readonly #initial: readonly number[];
  #steps = 0;

  /** @param optimizer - its rates now are the initial ones; it is set to `schedule(0)` at once */
  constructor(optimizer: Schedulable, schedule: Schedule) {
    this.#optimizer = optimizer;
    this.#schedule = schedule;
    this.#initial = optimizer.hyper.map(({ lr }) => lr);
    this.stepTo(0);
  }

  /** How many steps have been taken. */
  get steps(): number {
    return this.#steps;
  }

  /** Takes the next step: after an epoch, usually. */
  step(): void {
    this.stepTo(this.#steps + 1);
  }

  /** Goes to step `steps` of the schedule, as a resumed run does. */
  stepTo(steps: number): void {
    this.#steps = steps;
    const factor = this.#schedule(steps);
    this.#optimizer.setLearningRates(this.#initial.map((lr) => lr * factor));
  }
}

import { ArgumentError } from '@dl/kernels';
import type { Schedule } from './schedule.ts';

/** Hyperparameters that a scheduler may move. */
export interface ScheduledHyper {
  readonly lr: number;
  readonly momentum?: number | undefined;
  readonly betas?: readonly [number, number] | undefined;
}

/** What a scheduler needs of an optimiser. */
export interface Schedulable {
  readonly hyper: readonly ScheduledHyper[];
  setHyper(changes: readonly Partial<ScheduledHyper>[]): void;
}

/** Options of {@link LRScheduler}. */
export interface LRSchedulerOptions {
  /** The rates that the factors multiply, one a group. Default: what they are now. */
  readonly baseLrs?: readonly number[] | undefined;
  /** The rates at factor 0, one a group: those between lie on the line to the initial ones. Default 0. */
  readonly minLrs?: readonly number[] | undefined;
  /** The momentum of each group by the step (of optimisers with `betas`, the first of them). Default: it stays. */
  readonly momentums?: readonly ((step: number) => number)[] | undefined;
}

/** What a scheduler needs to go on where another stopped. */
export interface LRSchedulerStateDict {
  readonly lastEpoch: number;
  readonly baseLrs: readonly number[];
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
  readonly #schedules: readonly Schedule[];
  readonly #minLrs: readonly number[];
  readonly #momentums: LRSchedulerOptions['momentums'];
  #baseLrs: readonly number[];
  #steps = 0;

  /**
   * @param optimizer - its rates now are the initial ones; it is set to step 0 of the schedule at once
   * @param schedule - one for all groups, or one a group
   * @throws {@link ArgumentError} unless there are as many schedules as groups, and for momentums of an optimiser that has none
   */
  constructor(
    optimizer: Schedulable,
    schedule: Schedule | readonly Schedule[],
    { baseLrs = optimizer.hyper.map(({ lr }) => lr), minLrs = baseLrs.map(() => 0), momentums }: LRSchedulerOptions = {},
  ) {
    const groups = optimizer.hyper.length;
    this.#optimizer = optimizer;
    this.#schedules = typeof schedule === 'function' ? baseLrs.map(() => schedule) : schedule;
    this.#minLrs = minLrs;
    this.#momentums = momentums;
    this.#baseLrs = baseLrs;
    if (this.#schedules.length !== groups) {
      throw new ArgumentError(this.constructor.name, `there must be ${groups} schedules, got ${this.#schedules.length}`);
    }
    if (momentums && optimizer.hyper.some(({ momentum, betas }) => momentum === undefined && betas === undefined)) {
      throw new ArgumentError(this.constructor.name, 'the optimiser must have momentum or betas to cycle, got neither');
    }
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
    const changes = this.#optimizer.hyper.map((hyper, i) => ({
      lr: this.#minLrs[i] + (this.#baseLrs[i] - this.#minLrs[i]) * this.#schedules[i](steps),
      ...(this.#momentums && momentumChange(hyper, this.#momentums[i](steps))),
    }));
    this.#optimizer.setHyper(changes);
    this.#steps = steps;
  }

  /** Where the schedule is, to save. */
  stateDict(): LRSchedulerStateDict {
    return { lastEpoch: this.#steps, baseLrs: this.#baseLrs };
  }

  /**
   * Takes over what {@link LRScheduler.stateDict} gave, and sets the optimiser accordingly.
   *
   * @throws {@link ArgumentError} unless it is of as many groups
   */
  loadStateDict({ lastEpoch, baseLrs }: LRSchedulerStateDict): void {
    if (baseLrs.length !== this.#schedules.length) {
      const groups = this.#schedules.length;
      throw new ArgumentError(this.constructor.name, `the state must have ${groups} groups, got ${baseLrs.length}`);
    }
    this.#baseLrs = [...baseLrs];
    this.stepTo(lastEpoch);
  }
}

function momentumChange({ betas }: ScheduledHyper, momentum: number): Partial<ScheduledHyper> {
  return betas === undefined ? { momentum } : { betas: [momentum, betas[1]] };
}

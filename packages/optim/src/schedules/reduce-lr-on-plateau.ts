import { ArgumentError } from '@dl/kernels';
import { checkNotNegative, checkRate } from '../check-hyper.ts';
import { eachGroup } from './check-schedule.ts';
import type { Schedulable } from './lr-scheduler.ts';

/** Options of {@link ReduceLROnPlateau}. */
export interface ReduceLROnPlateauOptions {
  /** Whether less is better (a loss) or more is (an accuracy). Default `'min'`. */
  readonly mode?: 'min' | 'max' | undefined;
  /** What rates are multiplied by. Default 0.1. */
  readonly factor?: number | undefined;
  /** How many steps without progress are borne. Default 10. */
  readonly patience?: number | undefined;
  /** What counts as progress. Default 1e-4. */
  readonly threshold?: number | undefined;
  /** Whether the threshold is a share of the best value or a difference to it. Default `'rel'`. */
  readonly thresholdMode?: 'rel' | 'abs' | undefined;
  /** How many steps after a drop are not counted. Default 0. */
  readonly cooldown?: number | undefined;
  /** The lowest rate, of all groups or of each. Default 0. */
  readonly minLr?: number | readonly number[] | undefined;
  /** A drop by less than this is left out. Default 1e-8. */
  readonly eps?: number | undefined;
}

type Settings = { readonly [K in Exclude<keyof ReduceLROnPlateauOptions, 'minLr'>]-?: NonNullable<ReduceLROnPlateauOptions[K]> };

/** What a {@link ReduceLROnPlateau} needs to go on where another stopped. */
export interface ReduceLROnPlateauStateDict {
  readonly best: number;
  readonly numBadEpochs: number;
  readonly cooldownCounter: number;
  readonly lastEpoch: number;
}

/**
 * Lowers the learning rates when a figure has not got better for some steps.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new ReduceLROnPlateau(optimizer, { patience: 1, factor: 0.5 });
 * for (const loss of [3, 2, 2, 2]) scheduler.step(loss);
 * optimizer.lr // 0.25
 */
export class ReduceLROnPlateau {
  readonly #optimizer: Schedulable;
  readonly #options: Settings;
  readonly #minLrs: readonly number[];
  #state: ReduceLROnPlateauStateDict;

  /** @throws {@link ArgumentError} for an option outside its domain */
  constructor(optimizer: Schedulable, options: ReduceLROnPlateauOptions = {}) {
    const { mode = 'min', factor = 0.1, patience = 10, threshold = 1e-4 } = options;
    const { thresholdMode = 'rel', cooldown = 0, minLr = 0, eps = 1e-8 } = options;
    checkRate('ReduceLROnPlateau', 'factor', factor);
    for (const [name, value] of Object.entries({ patience, threshold, cooldown, eps })) {
      checkNotNegative('ReduceLROnPlateau', name, value);
    }
    this.#optimizer = optimizer;
    this.#options = { mode, factor, patience, threshold, thresholdMode, cooldown, eps };
    this.#minLrs = eachGroup('ReduceLROnPlateau', 'minLr', minLr, optimizer.hyper.length);
    const best = mode === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    this.#state = { best, numBadEpochs: 0, cooldownCounter: 0, lastEpoch: 0 };
  }

  /**
   * Looks at the figure: after an epoch, usually.
   *
   * @param metric - such as the loss on validation data; NaN is no progress
   */
  step(metric: number): void {
    const { patience, cooldown } = this.#options;
    const isBetter = this.#isBetter(metric);
    const isCooling = this.#state.cooldownCounter > 0;
    const numBadEpochs = isBetter || isCooling ? 0 : this.#state.numBadEpochs + 1;
    const drops = numBadEpochs > patience;
    if (drops) this.#reduce();
    this.#state = {
      best: isBetter ? metric : this.#state.best,
      numBadEpochs: drops ? 0 : numBadEpochs,
      cooldownCounter: drops ? cooldown : this.#state.cooldownCounter - (isCooling ? 1 : 0),
      lastEpoch: this.#state.lastEpoch + 1,
    };
  }

  /** The best value so far and the counters, to save; the rates are in the optimiser's state. */
  stateDict(): ReduceLROnPlateauStateDict {
    return this.#state;
  }

  /**
   * Takes over what {@link ReduceLROnPlateau.stateDict} gave.
   *
   * @throws {@link ArgumentError} unless the counters are numbers ≥ 0
   */
  loadStateDict(state: ReduceLROnPlateauStateDict): void {
    for (const name of ['numBadEpochs', 'cooldownCounter', 'lastEpoch'] as const) {
      checkNotNegative('ReduceLROnPlateau', name, state[name]);
    }
    if (Number.isNaN(state.best)) throw new ArgumentError('ReduceLROnPlateau', 'best must be a number, got NaN');
    this.#state = { ...state };
  }

  #isBetter(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options;
    const { best } = this.#state;
    const sign = mode === 'min' ? -1 : 1;
    const bound = thresholdMode === 'rel' ? best * (1 + sign * threshold) : best + sign * threshold;
    return mode === 'min' ? metric < bound : metric > bound;
  }

  #reduce(): void {
    const { factor, eps } = this.#options;
    this.#optimizer.setHyper(
      this.#optimizer.hyper.map(({ lr }, i) => {
        const next = Math.max(lr * factor, this.#minLrs[i]);
        return { lr: lr - next > eps ? next : lr };
      }),
    );
  }
}

import { ArgumentError } from '@dl/kernels';
import { AveragedModel, type AveragedModelStateDict, getEmaAvgFn } from '@dl/optim';
import { isPlain } from '../checkpoints/state-tree.ts';
import type { Callback, FitStart } from './callback.ts';

/** Options of {@link exponentialMovingAverage}. */
export interface ExponentialMovingAverageOptions {
  /** $\beta$ in $a \leftarrow \beta a + (1 - \beta) \theta$ after each step. Default 0.999. */
  readonly decay?: number | undefined;
  /** Whether running statistics are averaged with the weights. Default `false`: they stay the model's own. */
  readonly useBuffers?: boolean | undefined;
}

/**
 * Averages the weights over the steps: validation is by the averages, and the model has them at the end. In between it trains with its own.
 *
 * @throws {@link ArgumentError} for a decay outside [0, 1]
 * @example
 * const callbacks = [exponentialMovingAverage({ decay: 0.99 })];
 * @see Polyak & Juditsky, Acceleration of stochastic approximation by averaging, 1992
 */
export function exponentialMovingAverage({ decay, useBuffers }: ExponentialMovingAverageOptions = {}): Callback {
  return new ExponentialMovingAverage(getEmaAvgFn(decay), useBuffers);
}

class ExponentialMovingAverage implements Callback {
  readonly name = 'exponentialMovingAverage';
  readonly #avgFn: ReturnType<typeof getEmaAvgFn>;
  readonly #useBuffers: boolean | undefined;
  #averaged: AveragedModel | undefined;
  /** Of a run that is resumed, until its model is known. */
  #loaded: AveragedModelStateDict | undefined;

  constructor(avgFn: ReturnType<typeof getEmaAvgFn>, useBuffers: boolean | undefined) {
    this.#avgFn = avgFn;
    this.#useBuffers = useBuffers;
  }

  onFitStart({ model }: FitStart): void {
    this.#averaged = new AveragedModel(model, { avgFn: this.#avgFn, useBuffers: this.#useBuffers });
    if (this.#loaded !== undefined) this.#averaged.loadStateDict(this.#loaded);
    this.#loaded = undefined;
  }

  onStep(): void {
    this.#averaged?.updateParameters();
  }

  onValidationStart(): void {
    this.#averaged?.apply();
  }

  onValidationEnd(): void {
    this.#averaged?.restore();
  }

  onTrainingEnd(): void {
    this.#averaged?.apply();
  }

  onFitEnd(): void {
    this.#averaged = undefined;
  }

  stateDict(): unknown {
    return this.#averaged?.stateDict();
  }

  loadStateDict(state: unknown): void {
    if (!isStateDict(state))
      throw new ArgumentError('exponentialMovingAverage', `the state must be of averages, got ${typeof state}`);
    this.#loaded = state;
  }
}

function isStateDict(state: unknown): state is AveragedModelStateDict {
  return isPlain(state) && Number.isSafeInteger(state.nAveraged) && state.state instanceof Map;
}

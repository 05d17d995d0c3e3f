import { ArgumentError, type HostTensor } from '@dl/kernels';
import { type Layer, loadStateDict } from '@dl/layers';
import { isPlain } from '../checkpoints/state-tree.ts';
import type { Figures, FitResult } from '../history.ts';
import { weightsOf } from '../weights-of.ts';
import type { Callback, EpochEvent, FitStart } from './callback.ts';

/** Options of {@link earlyStopping}. */
export interface EarlyStoppingOptions {
  /** The training ends after so many epochs in a row without progress. */
  readonly patience: number;
  /** `'loss'`, or the name of a metric: on validation data, or on training data without. Default `'loss'`. */
  readonly monitor?: string | undefined;
  /** Whether less is better or more is. Default `'min'` for the loss; a metric wants it said. */
  readonly mode?: 'min' | 'max' | undefined;
  /** Progress is by more than this. Default 0. */
  readonly minDelta?: number | undefined;
  /** Whether the model has the weights of the best epoch at the end, also where all epochs were trained. Default `true`. */
  readonly restoreBest?: boolean | undefined;
}

/** What {@link earlyStopping} remembers. */
interface Memory {
  /** Undefined before the first epoch. */
  readonly best?: number | undefined;
  readonly badEpochs: number;
  /** Of the best epoch. */
  readonly weights?: ReadonlyMap<string, HostTensor> | undefined;
}

/**
 * Ends the training when a figure has not got better for some epochs, and gives the model its best weights back. They are those that were evaluated:
 * the averages, where there is an {@link exponentialMovingAverage}.
 *
 * @throws {@link ArgumentError} unless `patience` is a positive integer and `minDelta` not negative; for a metric without a mode; after the first
 * epoch, for a figure that is not there
 * @example
 * const callbacks = [earlyStopping({ patience: 5, monitor: 'accuracy', mode: 'max' })];
 * @see Prechelt, Early stopping, but when?, 1998
 */
export function earlyStopping({
  patience,
  monitor = 'loss',
  mode,
  minDelta = 0,
  restoreBest = true,
}: EarlyStoppingOptions): Callback {
  const direction = mode ?? (monitor === 'loss' ? 'min' : undefined);
  if (direction === undefined)
    throw new ArgumentError('earlyStopping', `mode must be said for a metric, got none for ${monitor}`);
  if (!Number.isInteger(patience) || patience < 1)
    throw new ArgumentError('earlyStopping', `patience must be a positive integer, got ${patience}`);
  if (!(minDelta >= 0)) throw new ArgumentError('earlyStopping', `minDelta must not be negative, got ${minDelta}`);
  return new EarlyStopping({ patience, monitor, mode: direction, minDelta, restoreBest });
}

type Settings = { readonly [K in keyof EarlyStoppingOptions]-?: NonNullable<EarlyStoppingOptions[K]> };

class EarlyStopping implements Callback {
  readonly name = 'earlyStopping';
  readonly #settings: Settings;
  #model: Layer | undefined;
  #memory: Memory = { badEpochs: 0 };

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  onFitStart({ model, globalStep }: FitStart): void {
    this.#model = model;
    if (globalStep === 0) this.#memory = { badEpochs: 0 };
  }

  async onValidation(figures: Figures): Promise<void> {
    await this.#look(figures);
  }

  async onEpochEnd({ train, validation, stop }: EpochEvent): Promise<void> {
    if (validation === undefined) await this.#look(train);
    if (this.#memory.badEpochs >= this.#settings.patience) stop();
  }

  onFitEnd(result: FitResult | undefined): void {
    const { weights } = this.#memory;
    if (result !== undefined && weights !== undefined && this.#model !== undefined) loadStateDict(this.#model, weights);
    this.#model = undefined;
  }

  stateDict(): unknown {
    return this.#memory;
  }

  loadStateDict(state: unknown): void {
    if (!isMemory(state)) throw new ArgumentError('earlyStopping', `the state must be of one, got ${typeof state}`);
    this.#memory = state;
  }

  async #look(figures: Figures): Promise<void> {
    const { monitor, restoreBest } = this.#settings;
    const { loss, metrics } = figures;
    const value = monitor === 'loss' ? loss : metrics[monitor];
    if (value === undefined) {
      const names = ['loss', ...Object.keys(metrics)].join(', ');
      throw new ArgumentError('earlyStopping', `monitor must be one of ${names}, got ${monitor}`);
    }
    if (!this.#isBetter(value)) this.#memory = { ...this.#memory, badEpochs: this.#memory.badEpochs + 1 };
    else {
      const weights = restoreBest && this.#model !== undefined ? await weightsOf(this.#model) : undefined;
      this.#memory = { best: value, badEpochs: 0, weights };
    }
  }

  #isBetter(value: number): boolean {
    const { mode, minDelta } = this.#settings;
    const { best } = this.#memory;
    if (best === undefined) return !Number.isNaN(value);
    return mode === 'min' ? value < best - minDelta : value > best + minDelta;
  }
}

function isMemory(state: unknown): state is Memory {
  if (!isPlain(state)) return false;
  const { best = 0, badEpochs, weights = new Map() } = state;
  return typeof best === 'number' && Number.isSafeInteger(badEpochs) && weights instanceof Map;
}

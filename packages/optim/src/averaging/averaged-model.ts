import { ArgumentError, type HostTensor } from '@dl/kernels';
import { alias, Parameter, runScope, type Tensor, withoutRecording } from '@dl/tensor';
import { isOnHost, problemsOf, upload } from '../optimizer-state.ts';
import type { AverageFn } from './average-fn.ts';
import { getSwaAvgFn } from './get-swa-avg-fn.ts';

/** What an {@link AveragedModel} averages: a module of `@dl/layers`, or anything else with named parameters. */
export interface Averageable {
  namedParameters(): ReadonlyMap<string, Parameter>;
}

/** Options of {@link AveragedModel}. */
export interface AveragedModelOptions {
  /** Default: {@link getSwaAvgFn}. */
  readonly avgFn?: AverageFn | undefined;
  /** Whether running statistics are averaged with the weights. Default `false`: they stay the model's own. */
  readonly useBuffers?: boolean | undefined;
}

/** What an {@link AveragedModel} needs to go on where another stopped. */
export interface AveragedModelStateDict<Entry = Tensor | HostTensor> {
  readonly nAveraged: number;
  /** The averages, by the parameters' names. */
  readonly state: ReadonlyMap<string, Entry>;
}

/**
 * Averages of a model's weights over a training, which generalise better than the last ones: call `updateParameters` after steps of the
 * optimiser, `apply` to evaluate with the averages and `restore` to train on. Running statistics of normalisation do not fit the averages:
 * `updateBn` of `@dl/train` measures them anew.
 *
 * @example
 * const weight = new Parameter(tensor([1]));
 * const averaged = new AveragedModel({ namedParameters: () => new Map([['weight', weight]]) });
 * for (const value of [1, 2, 6]) {
 *   weight.assign(tensor([value]));
 *   averaged.updateParameters();
 * }
 * averaged.apply();
 * await weight.item() // 3
 * averaged.restore();
 * await weight.item() // 6
 */
export class AveragedModel {
  readonly #slots: readonly Slot[];
  readonly #avgFn: AverageFn;
  #nAveraged = 0;
  #ownWeights: readonly Tensor[] | undefined;

  /**
   * @param model - its weights now are the first averages
   * @throws {@link ArgumentError} for a model without parameters
   */
  constructor(model: Averageable, { avgFn = getSwaAvgFn(), useBuffers = false }: AveragedModelOptions = {}) {
    this.#slots = [...model.namedParameters()]
      .filter(([, { trainable }]) => trainable || useBuffers)
      .map(([name, parameter]) => ({ name, parameter, average: copyOf(parameter) }));
    if (this.#slots.length === 0) throw new ArgumentError('AveragedModel', 'the model must have parameters, got none');
    this.#avgFn = avgFn;
  }

  /** How many times weights have been averaged. */
  get nAveraged(): number {
    return this.#nAveraged;
  }

  /**
   * Takes the model's weights now into the averages; the first time they are the average. Integers, such as counts of batches, are copied.
   *
   * @throws {@link ArgumentError} while the averages are applied
   */
  updateParameters(): void {
    this.#mustHold('its own weights', 'updateParameters');
    withoutRecording(() =>
      runScope('AveragedModel.updateParameters', () => {
        for (const { parameter, average } of this.#slots) {
          const isFirst = this.#nAveraged === 0;
          average.assign(isFirst || !isFloat(parameter) ? parameter : this.#avgFn(average, parameter, this.#nAveraged));
        }
      }),
    );
    this.#nAveraged++;
  }

  /**
   * Puts the averages into the model, and its own weights aside.
   *
   * @throws {@link ArgumentError} when they are applied already
   */
  apply(): void {
    this.#mustHold('its own weights', 'apply');
    this.#ownWeights = this.#slots.map(({ parameter }) => copyOf(parameter));
    for (const { parameter, average } of this.#slots) parameter.assign(average);
  }

  /**
   * Gives the model its own weights back.
   *
   * @throws {@link ArgumentError} unless the averages are applied
   */
  restore(): void {
    this.#mustHold('the averages', 'restore');
    for (const [i, weight] of this.#ownWeights?.entries() ?? []) {
      this.#slots[i].parameter.assign(weight);
      weight.dispose();
    }
    this.#ownWeights = undefined;
  }

  /** The averages, to save; its tensors are this object's own and change with the next update. */
  stateDict(): AveragedModelStateDict<Tensor> {
    return { nAveraged: this.#nAveraged, state: new Map(this.#slots.map(({ name, average }) => [name, average])) };
  }

  /**
   * Takes over what {@link AveragedModel.stateDict} gave.
   *
   * @throws {@link ArgumentError} listing every average that is missing, is of no parameter, or has not its shape, dtype and backend; nothing
   * has changed then
   */
  loadStateDict({ nAveraged, state }: AveragedModelStateDict): void {
    const slots = new Map(this.#slots.map((slot) => [slot.name, slot]));
    const missing = [...slots.keys()].filter((name) => !state.has(name)).map((name) => `no ${name}`);
    const problems = [...state].flatMap(([name, entry]) => problemsOf(name, slots.get(name)?.average, entry));
    if (missing.length + problems.length > 0) {
      throw new ArgumentError('AveragedModel', `the state must fit the parameters, got ${[...missing, ...problems].join('; ')}`);
    }
    runScope('AveragedModel.loadStateDict', () => {
      for (const [name, entry] of state) {
        const average = slots.get(name)?.average;
        average?.assign(isOnHost(entry) ? upload(average, entry) : entry);
      }
    });
    this.#nAveraged = nAveraged;
  }

  #mustHold(weights: 'its own weights' | 'the averages', name: string): void {
    const held = this.#ownWeights === undefined ? 'its own weights' : 'the averages';
    if (held !== weights) throw new ArgumentError(`AveragedModel.${name}`, `the model must hold ${weights}, got ${held}`);
  }
}

/** A parameter of the model and its average. */
interface Slot {
  readonly name: string;
  readonly parameter: Parameter;
  readonly average: Parameter;
}

/** The value as it is now: the block is shared until the parameter changes. */
function copyOf(parameter: Parameter): Parameter {
  return withoutRecording(() => new Parameter(alias(parameter)));
}

function isFloat({ dtype }: Tensor): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

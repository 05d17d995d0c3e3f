import { ArgumentError } from '@dl/kernels';
import { loadStateDict } from '@dl/layers';
import { defaultRng } from '@dl/tensor';
import type { Callback } from '../callbacks/callback.ts';
import type { FitOptions } from '../fit.ts';
import { weightsOf } from '../weights-of.ts';
import { type StateTree, toHost } from './state-tree.ts';
import type { TrainingState } from './training-state.ts';

/** The part of a {@link TrainingState} that is about what {@link fit} was given. */
export type ComponentsState = Pick<
  TrainingState,
  'weights' | 'optimizer' | 'schedule' | 'rng' | 'defaultRng' | 'train' | 'validation' | 'callbacks'
>;

/** Something with a state under PyTorch's names. */
type Stateful = Pick<Callback, 'stateDict' | 'loadStateDict'>;

/**
 * Reads back where everything is.
 *
 * @throws {@link ArgumentError} for what cannot say so
 */
export async function captureComponents(options: FitOptions): Promise<ComponentsState> {
  const { model, optimizer, schedule, rng, train, validation, callbacks = [] } = options;
  if (train.state === undefined) throw lacking('training data', 'state and loadState');
  const kept = [...byName(callbacks)].map(async ([name, callback]) => [name, await capture(name, callback)] as const);
  return {
    weights: await weightsOf(model),
    optimizer: await capture('optimizer', optimizer),
    schedule: schedule && (await capture('schedule', schedule)),
    rng: rng?.state(),
    defaultRng: defaultRng().state(),
    train: await toHost(train.state(), 'train'),
    validation: validation?.state && (await toHost(validation.state(), 'validation')),
    callbacks: Object.fromEntries(await Promise.all(kept)),
  };
}

/**
 * Puts everything where a state says.
 *
 * @throws {@link ArgumentError} or {@link StateDictError} where the state is of another run
 */
export function restoreComponents(options: FitOptions, state: ComponentsState): void {
  const { model, optimizer, schedule, rng, train, validation, callbacks = [] } = options;
  loadStateDict(model, state.weights);
  restore('schedule', schedule, state.schedule);
  // After the schedule, which has set rates: those of the state have its bits.
  restore('optimizer', optimizer, state.optimizer);
  if ((rng === undefined) !== (state.rng === undefined)) throw unlike('rng', state.rng);
  if (state.rng !== undefined) rng?.restore(state.rng);
  defaultRng().restore(state.defaultRng);
  if (train.loadState === undefined) throw lacking('training data', 'state and loadState');
  train.loadState(state.train);
  if (state.validation !== undefined) validation?.loadState?.(state.validation);
  const named = byName(callbacks);
  for (const [name, kept] of Object.entries(state.callbacks)) restore(name, named.get(name), kept);
}

/** The callbacks that have a state, by their names. */
function byName(callbacks: readonly Callback[]): Map<string, Callback> {
  const named = new Map<string, Callback>();
  for (const callback of callbacks.filter((one) => one.stateDict !== undefined)) {
    const { name } = callback;
    if (name === undefined || named.has(name)) {
      throw new ArgumentError('fit', `callbacks with a state must have names of their own, got ${name ?? 'none'}`);
    }
    named.set(name, callback);
  }
  return named;
}

function capture(what: string, owner: Stateful): Promise<StateTree> {
  if (owner.stateDict === undefined || owner.loadStateDict === undefined) throw lacking(what, 'stateDict and loadStateDict');
  return toHost(owner.stateDict(), what);
}

function restore(what: string, owner: Stateful | undefined, state: StateTree | undefined): void {
  if (owner === undefined && state === undefined) return;
  if (owner?.loadStateDict === undefined || state === undefined) throw unlike(what, state);
  owner.loadStateDict(state);
}

function lacking(what: string, methods: string): ArgumentError {
  return new ArgumentError('fit', `the ${what} must have ${methods} for a run to be kept, got none`);
}

function unlike(what: string, state: unknown): ArgumentError {
  const [has, wants] = state === undefined ? ['has none', 'one'] : ['has one', 'none that takes it'];
  return new ArgumentError('fit', `resume must be the state of a run like this one; for ${what} it ${has}, got ${wants}`);
}

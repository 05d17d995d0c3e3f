import {
  cosineAnnealing,
  exponentialDecay,
  LRScheduler,
  linearFactor,
  oneCycle,
  ReduceLROnPlateau,
  sequential,
  stepDecay,
} from '@dl/optim';
import type { FitOptions } from '@dl/train';
import type { AnyOptimizer } from './optimizers.ts';

/** How long a training is. */
interface Extent {
  readonly epochs: number;
  /** Steps an epoch. */
  readonly steps: number;
}

/** The names of `--schedule`. */
export type ScheduleName = 'none' | 'step' | 'cosine' | 'warmup-cosine' | 'one-cycle' | 'exponential' | 'plateau';

type Made = Pick<FitOptions, 'schedule' | 'scheduleEvery'>;

const byStep = (schedule: LRScheduler): Made => ({ schedule, scheduleEvery: 'step' });

/** Schedules of the learning rate by name, along the whole training. */
export const schedules: { readonly [N in ScheduleName]: (optimizer: AnyOptimizer, extent: Extent) => Made } = {
  none: () => ({}),
  // Two drops on the way, whatever the number of epochs: the last steps are small, where the loss is flat.
  step: (optimizer, { epochs }) => ({
    schedule: new LRScheduler(optimizer, stepDecay({ stepSize: Math.max(1, Math.ceil(epochs / 3)), gamma: 0.25 })),
  }),
  cosine: (optimizer, { epochs, steps }) =>
    byStep(new LRScheduler(optimizer, cosineAnnealing({ tMax: Math.max(1, epochs * steps) }))),
  'warmup-cosine': (optimizer, { epochs, steps }) => {
    const all = Math.max(2, epochs * steps);
    const warmup = Math.max(1, Math.floor(all / 20));
    const up = linearFactor({ startFactor: 0.01, endFactor: 1, totalIters: warmup });
    return byStep(new LRScheduler(optimizer, sequential([up, cosineAnnealing({ tMax: all - warmup })], [warmup])));
  },
  'one-cycle': (optimizer, { epochs, steps }) =>
    // A step more than are taken: the rate moves on after the last one, too.
    byStep(new LRScheduler(optimizer, oneCycle({ totalSteps: epochs * steps + 1 }))),
  exponential: (optimizer) => ({ schedule: new LRScheduler(optimizer, exponentialDecay({ gamma: 0.9 })) }),
  plateau: (optimizer) => ({ schedule: new ReduceLROnPlateau(optimizer, { factor: 0.25, patience: 2 }) }),
};

/** The names of {@link schedules}. */
export const scheduleNames: readonly ScheduleName[] = Object.keys(schedules) as ScheduleName[];

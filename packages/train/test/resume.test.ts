import { DataLoader, type HostTensor } from '@dl/data';
import { BatchNorm1d, crossEntropy, Dropout, Linear, ReLU, Sequential, stateDict } from '@dl/layers';
import {
  Adam,
  ChainedScheduler,
  ConstantLR,
  CosineAnnealingLR,
  CosineAnnealingWarmRestarts,
  CyclicLR,
  cosineAnnealing,
  ExponentialLR,
  exponentialDecay,
  LambdaLR,
  LinearLR,
  linearFactor,
  MultiStepLR,
  OneCycleLR,
  PolynomialLR,
  ReduceLROnPlateau,
  type Schedulable,
  SequentialLR,
  SGD,
  StepLR,
  SWALR,
} from '@dl/optim';
import { manualSeed, Rng } from '@dl/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Accuracy,
  type Callback,
  clipGradients,
  decodeCheckpoint,
  earlyStopping,
  encodeCheckpoint,
  exponentialMovingAverage,
  type FitOptions,
  type FitResult,
  type FitStart,
  fit,
  type PauseEvent,
  type TrainingState,
} from '../src/index.ts';
import { blobs } from './blobs.ts';

const [epochs, batchSize, items] = [3, 4, 22];

const loader = (count: number, seed: number): DataLoader<{ x: HostTensor; y: HostTensor }> =>
  new DataLoader(blobs(count, seed), { batchSize, shuffle: true, seed });

const optimizers = {
  SGD: (model: Sequential) => new SGD(model.parameters(), { lr: 0.1, momentum: 0.9 }),
  Adam: (model: Sequential) => new Adam(model.parameters(), { lr: 0.05 }),
};

/** Every scheduler. */
const schedules = {
  none: () => undefined,
  step: (optimizer) => new StepLR(optimizer, { stepSize: 1, gamma: 0.3 }),
  multiStep: (optimizer) => new MultiStepLR(optimizer, { milestones: [1, 3], gamma: 0.5 }),
  constant: (optimizer) => new ConstantLR(optimizer, { factor: 0.5, totalIters: 2 }),
  linear: (optimizer) => new LinearLR(optimizer, { startFactor: 0.5, totalIters: 4 }),
  exponential: (optimizer) => new ExponentialLR(optimizer, { gamma: 0.9 }),
  polynomial: (optimizer) => new PolynomialLR(optimizer, { totalIters: 9, power: 2 }),
  cosine: (optimizer) => new CosineAnnealingLR(optimizer, { tMax: 7 }),
  restarts: (optimizer) => new CosineAnnealingWarmRestarts(optimizer, { t0: 2 }),
  lambda: (optimizer) => new LambdaLR(optimizer, { lrLambda: (step) => 1 / (1 + step) }),
  chained: (optimizer) => new ChainedScheduler(optimizer, [linearFactor({ startFactor: 0.5 }), exponentialDecay({ gamma: 0.9 })]),
  sequential: (optimizer) =>
    new SequentialLR(optimizer, {
      schedules: [linearFactor({ startFactor: 0.5 }), cosineAnnealing({ tMax: 10 })],
      milestones: [2],
    }),
  oneCycle: (optimizer) => new OneCycleLR(optimizer, { maxLr: 0.1, totalSteps: 20 }),
  cyclic: (optimizer) => new CyclicLR(optimizer, { baseLr: 0.01, maxLr: 0.1, stepSizeUp: 2 }),
  swa: (optimizer) => new SWALR(optimizer, { swaLr: 0.02, annealEpochs: 2 }),
  plateau: (optimizer) => new ReduceLROnPlateau(optimizer, { patience: 0, threshold: 0.2, factor: 0.3 }),
} satisfies Record<string, (optimizer: Schedulable) => FitOptions['schedule']>;

interface Plan {
  readonly optimizer: keyof typeof optimizers;
  readonly schedule: keyof typeof schedules;
  readonly scheduleEvery: 'epoch' | 'step';
  readonly accumulate: number;
  readonly ownRng: boolean;
  /** Whether the weights are averaged, and the best are restored after an early stop. */
  readonly averages: boolean;
  readonly stopsEarly: boolean;
}

/** All of a plan but its schedule, and the share of the run after which it is interrupted. */
const circumstances = fc.noBias(
  fc.record({
    optimizer: fc.constantFrom('SGD' as const, 'Adam' as const),
    scheduleEvery: fc.constantFrom('epoch' as const, 'step' as const),
    accumulate: fc.integer({ min: 1, max: 3 }),
    ownRng: fc.boolean(),
    averages: fc.boolean(),
    stopsEarly: fc.boolean(),
    share: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
);

/** Everything that a run is made of, as a program makes it anew. */
function make({ optimizer, schedule, ownRng, averages, stopsEarly, ...plan }: Plan): FitOptions {
  manualSeed(1);
  const model = new Sequential(new Linear(2, 6), new BatchNorm1d(6), new ReLU(), new Dropout(0.3), new Linear(6, 3));
  const stepper = optimizers[optimizer](model);
  return {
    ...plan,
    model,
    loss: crossEntropy,
    optimizer: stepper,
    schedule: schedules[schedule](stepper),
    train: loader(items, 1),
    validation: loader(9, 2),
    epochs,
    metrics: { accuracy: new Accuracy() },
    rng: ownRng ? new Rng(5) : undefined,
    callbacks: [
      clipGradients({ maxNorm: 1 }),
      ...(stopsEarly ? [earlyStopping({ patience: 1, monitor: 'accuracy', mode: 'max' })] : []),
      ...(averages ? [exponentialMovingAverage({ decay: 0.8 })] : []),
    ],
  };
}

interface Outcome {
  readonly weights: unknown;
  readonly history: unknown;
}

async function outcome({ model }: FitOptions, { history }: FitResult): Promise<Outcome> {
  const weights = [...stateDict(model)].map(async ([name, parameter]) => [name, await parameter.data()]);
  return { weights: await Promise.all(weights), history: history.map(({ seconds: _, ...rest }) => rest) };
}

/** Keeps what is seen at pauses. */
function keeper(at: (event: PauseEvent) => boolean = () => true): {
  readonly states: TrainingState[];
  readonly callback: Callback;
} {
  const states: TrainingState[] = [];
  let start: FitStart | undefined;
  const callback: Callback = {
    onFitStart(event) {
      start = event;
    },
    async onPause(event) {
      if (start !== undefined && at(event)) states.push(await start.state());
    },
  };
  return { states, callback };
}

/** Trains to the end, and keeps what is seen at every pause. */
async function uninterrupted(plan: Plan): Promise<{ readonly outcome: Outcome; readonly states: readonly TrainingState[] }> {
  const options = make(plan);
  const { states, callback } = keeper();
  const result = await fit({ ...options, callbacks: [callback, ...(options.callbacks ?? [])] });
  return { outcome: await outcome(options, result), states };
}

describe('fit with resume', () => {
  const names = Object.keys(schedules) as (keyof typeof schedules)[];
  it.each(names)('comes to the same bits from anywhere, schedule %s', async (schedule) => {
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ share, ...rest }) => {
        const plan: Plan = { ...rest, schedule, ...(schedule === 'plateau' && { scheduleEvery: 'epoch' }) };
        const whole = await uninterrupted(plan);
        const options = make(plan);
        manualSeed(77);
        const state = whole.states[Math.floor(share * whole.states.length)];
        const resume = await decodeCheckpoint(await encodeCheckpoint(state));
        expect(await outcome(options, await fit({ ...options, resume }))).toEqual(whole.outcome);
      }),
      // A seed each, or all schedules would meet the same circumstances.
      { numRuns: process.env.DL_SLOW_TESTS ? 20 : 2, seed: names.indexOf(schedule) },
    );
  });

  const plain: Plan = {
    optimizer: 'SGD',
    schedule: 'none',
    scheduleEvery: 'epoch',
    accumulate: 1,
    ownRng: false,
    averages: false,
    stopsEarly: false,
  };

  it('goes on where a signal ended it', async () => {
    const whole = await uninterrupted(plain);
    const controller = new AbortController();
    const { states, callback } = keeper(({ after }) => after === 'abort');
    const abort: Callback = {
      onStep: ({ globalStep }) => (globalStep === 8 ? controller.abort(new Error('Ctrl-C')) : undefined),
    };
    const options = make(plain);
    const callbacks = [callback, abort, ...(options.callbacks ?? [])];
    await expect(fit({ ...options, callbacks, signal: controller.signal })).rejects.toThrow('Ctrl-C');
    const [resume] = states;
    expect([states.length, resume.epoch, resume.step, resume.globalStep]).toEqual([1, 2, 2, 8]);
    const [fresh, events] = [make(plain), [] as string[]];
    const listener: Callback = {
      onFitStart: ({ epoch, globalStep }) => void events.push(`start ${epoch} ${globalStep}`),
      onEpochStart: ({ epoch, step }) => void events.push(`epoch ${epoch} ${step}`),
    };
    const result = await fit({ ...fresh, resume, callbacks: [listener, ...(fresh.callbacks ?? [])] });
    expect(await outcome(fresh, result)).toEqual(whole.outcome);
    expect(events).toEqual(['start 2 8', 'epoch 2 2', 'epoch 3 0']);
  });

  it('ends the epoch that was stopped within, and trains no further', async () => {
    const stop: Callback = { onStep: ({ globalStep, stop: end }) => (globalStep === 8 ? end() : undefined) };
    const stopped = make(plain);
    const { states, callback } = keeper();
    const callbacks = [callback, stop, ...(stopped.callbacks ?? [])];
    const expected = await outcome(stopped, await fit({ ...stopped, callbacks }));
    for (const resume of states.slice(-2)) {
      const options = make(plain);
      const result = await fit({ ...options, resume });
      expect(result.steps).toBe(8);
      expect(await outcome(options, result)).toEqual(expected);
    }
  });

  it('refuses the state of another run', async () => {
    const state = (await uninterrupted(plain)).states[3];
    const refusal = (changes: Partial<FitOptions>): Promise<unknown> =>
      fit({ ...make(plain), resume: state, ...changes }).then(
        () => 'taken',
        (error: Error) => `${error.name}: ${error.message}`,
      );
    const { model } = make(plain);
    const schedule = new StepLR(new SGD(model.parameters(), { lr: 1 }), { stepSize: 1 });
    expect(await refusal({ schedule })).toMatch(
      /^ArgumentError: fit: resume must be the state of a run like this one; for schedule it has none/,
    );
    expect(await refusal({ rng: new Rng(1) })).toMatch(/for rng it has none, got one$/);
    expect(await refusal({ optimizer: new Adam(model.parameters()) })).toBe(
      'ArgumentError: Adam: the state must be of Adam, got that of SGD',
    );
    expect(await refusal({ model: new Linear(2, 3) })).toMatch(/^StateDictError: /);
    expect(await refusal({ metrics: { share: new Accuracy() } })).toMatch(/the same metrics, got none for share$/);
    expect(await refusal({ optimizer: { lr: 1, step: () => {} } })).toMatch(/for optimizer it has one, got none that takes it$/);
    const averaged = { ...state, callbacks: { exponentialMovingAverage: {} } };
    expect(await refusal({ resume: averaged })).toMatch(/for exponentialMovingAverage it has one, got none that takes it$/);
  });

  it('says what cannot be kept', async () => {
    const refusal = async (changes: Partial<FitOptions>): Promise<unknown> => {
      let said: unknown = 'kept';
      let state: FitStart['state'] | undefined;
      const callback: Callback = {
        onFitStart: (start) => {
          state = start.state;
        },
        onPause: async () => {
          await state?.().catch(({ message }: Error) => {
            said = message;
          });
        },
      };
      await fit({ ...make(plain), epochs: 1, ...changes, callbacks: [callback, ...(changes.callbacks ?? [])] });
      return said;
    };
    expect(await refusal({})).toBe('kept');
    const bare = { length: 1, [Symbol.asyncIterator]: () => loader(4, 1)[Symbol.asyncIterator]() };
    expect(await refusal({ train: bare })).toBe(
      'fit: the training data must have state and loadState for a run to be kept, got none',
    );
    expect(await refusal({ schedule: { step: () => {} } })).toMatch(/^fit: the schedule must have stateDict and loadStateDict/);
    const nameless: Callback = { stateDict: () => ({}), loadStateDict: () => {} };
    expect(await refusal({ callbacks: [nameless] })).toBe('fit: callbacks with a state must have names of their own, got none');
    const odd = { ...nameless, name: 'odd', stateDict: () => ({ now: [new Date()] }) };
    expect(await refusal({ callbacks: [odd] })).toBe(
      'fit: the state to keep must be plain data and tensors, got object (odd/now/0)',
    );
  });
});

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
  decodeCheckpoint,
  encodeCheckpoint,
  type FitOptions,
  type FitResult,
  fit,
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
}

/** All of a plan but its schedule, and the share of the run after which it is interrupted. */
const circumstances = fc.record({
  optimizer: fc.constantFrom('SGD' as const, 'Adam' as const),
  scheduleEvery: fc.constantFrom('epoch' as const, 'step' as const),
  accumulate: fc.integer({ min: 1, max: 3 }),
  ownRng: fc.boolean(),
  share: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

/** Everything that a run is made of, as a program makes it anew. */
function make({ optimizer, schedule, ownRng, ...plan }: Plan): FitOptions {
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

/** Trains to the end, and keeps what is seen at every pause, as files would. */
async function uninterrupted(plan: Plan): Promise<{ readonly outcome: Outcome; readonly kept: readonly Uint8Array[] }> {
  const options = make(plan);
  const kept: Uint8Array[] = [];
  let state: () => Promise<Uint8Array> = () => Promise.reject(new Error('not begun'));
  const keeper: Callback = {
    onFitStart(start) {
      state = async () => encodeCheckpoint(await start.state());
    },
    async onPause() {
      kept.push(await state());
    },
  };
  const result = await fit({ ...options, callbacks: [keeper] });
  return { outcome: await outcome(options, result), kept };
}

describe('fit with resume', () => {
  it.each(Object.keys(schedules) as (keyof typeof schedules)[])(
    'comes to the same bits from anywhere, schedule %s',
    async (schedule) => {
      await fc.assert(
        fc.asyncProperty(circumstances, async ({ share, ...rest }) => {
          const plan: Plan = { ...rest, schedule, ...(schedule === 'plateau' && { scheduleEvery: 'epoch' }) };
          const whole = await uninterrupted(plan);
          const options = make(plan);
          manualSeed(77);
          const resume = await decodeCheckpoint(whole.kept[Math.floor(share * whole.kept.length)]);
          expect(await outcome(options, await fit({ ...options, resume }))).toEqual(whole.outcome);
        }),
        { numRuns: 2 },
      );
    },
  );
});

import { ArgumentError } from '@dl/kernels';
import { Parameter, tensor, useBackend } from '@dl/tensor';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  Adagrad,
  Adam,
  ChainedScheduler,
  ConstantLR,
  CosineAnnealingLR,
  CosineAnnealingWarmRestarts,
  CyclicLR,
  chained,
  constantFactor,
  cosineAnnealing,
  cosineWarmRestarts,
  cyclic,
  ExponentialLR,
  exponentialDecay,
  inverseDecay,
  LambdaLR,
  LinearLR,
  LRScheduler,
  linearFactor,
  MultiStepLR,
  multiStepDecay,
  OneCycleLR,
  oneCycle,
  PolynomialLR,
  polynomialDecay,
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
  robbinsMonro,
  type Schedulable,
  type Schedule,
  SequentialLR,
  SGD,
  StepLR,
  SWALR,
  type SWALROptions,
  sequential,
  stepDecay,
  withDecayOrder,
} from '../src/index.ts';
import golden from './golden/schedules.json' with { type: 'json' };

beforeAll(() => useBackend('reference'));

const optimizer = (): SGD =>
  new SGD([{ params: [new Parameter(tensor([1]))] }, { params: [new Parameter(tensor([1]))], lr: 0.04 }], {
    lr: 0.1,
    momentum: 0.9,
  });

interface Steps {
  step(): void;
}

type Make = new (optimizer: Schedulable, options: object) => LRScheduler;

const schedulers = {
  StepLR,
  MultiStepLR,
  ExponentialLR,
  PolynomialLR,
  CosineAnnealingLR,
  CosineAnnealingWarmRestarts,
  LinearLR,
  ConstantLR,
  OneCycleLR,
  CyclicLR,
};

const parts = {
  sequential: [
    linearFactor({ startFactor: 0.1, totalIters: 4 }),
    cosineAnnealing({ tMax: 10 }),
    exponentialDecay({ gamma: 0.8 }),
  ],
  chained: [
    constantFactor({ factor: 0.1, totalIters: 4 }),
    exponentialDecay({ gamma: 0.9 }),
    stepDecay({ stepSize: 6, gamma: 0.5 }),
  ],
};

const make = (name: string, trained: Schedulable, options: object): LRScheduler =>
  new (schedulers[name as keyof typeof schedulers] as Make)(trained, options);

function expectRates(trained: SGD, scheduler: Steps, expected: readonly (readonly (readonly number[])[])[]): void {
  for (const [step, groups] of expected.entries()) {
    for (const [i, [lr, momentum]] of groups.entries()) {
      expect(trained.hyper[i].lr, `rate of group ${i} at step ${step}`).toBeCloseTo(lr, 9);
      expect(trained.hyper[i].momentum, `momentum of group ${i} at step ${step}`).toBeCloseTo(momentum, 9);
    }
    if (step < expected.length - 1) scheduler.step();
  }
}

describe('schedulers agree with PyTorch 1.13', () => {
  it.each(golden.cases)('$scheduler $options', ({ scheduler, options, values }) => {
    const trained = optimizer();
    expectRates(trained, make(scheduler, trained, options), values);
  });

  it('SequentialLR', () => {
    const trained = optimizer();
    const scheduler = new SequentialLR(trained, { schedules: parts.sequential, milestones: [5, 15] });
    expectRates(trained, scheduler, golden.sequential);
  });

  it('ChainedScheduler', () => {
    const trained = optimizer();
    expectRates(trained, new ChainedScheduler(trained, parts.chained), golden.chained);
  });

  it.each(golden.swa)('SWALR $options', ({ options, values }) => {
    const trained = optimizer();
    expectRates(trained, new SWALR(trained, options as SWALROptions), values);
  });

  it.each(golden.plateau)('ReduceLROnPlateau $options', ({ options, values }) => {
    const trained = optimizer();
    const scheduler = new ReduceLROnPlateau(trained, options as ReduceLROnPlateauOptions);
    for (const [step, lrs] of values.entries()) {
      scheduler.step(golden.metrics[step] ?? Number.NaN);
      for (const [i, lr] of lrs.entries()) expect(trained.hyper[i].lr, `step ${step}`).toBeCloseTo(lr, 9);
    }
  });
});

describe('the formulas of the lectures hold exactly', () => {
  it('step decay is γ^⌊t/s⌋', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(100), (stepSize, t) => {
        expect(stepDecay({ stepSize, gamma: 0.5 })(t)).toBe(0.5 ** Math.floor(t / stepSize));
      }),
    );
  });

  it('inverse decay is (1 + γt)^-ρ', () => {
    expect([0, 1, 3, 7].map((t) => inverseDecay({ gamma: 1 })(t))).toEqual([1, 0.5, 0.25, 0.125]);
    expect(inverseDecay({ gamma: 0.3, power: 0.5 })(10)).toBe(0.5);
    const trained = optimizer();
    const scheduler = new LRScheduler(trained, inverseDecay({ gamma: 1, power: 2 }));
    scheduler.step();
    expect(trained.lr).toBe(0.025);
  });
});

describe('schedulers', () => {
  const cases: Record<string, (trained: SGD) => LRScheduler> = {
    ...Object.fromEntries(
      golden.cases.map(({ scheduler, options }) => [
        `${scheduler} ${JSON.stringify(options)}`,
        (trained: SGD) => make(scheduler, trained, options),
      ]),
    ),
    SequentialLR: (trained) => new SequentialLR(trained, { schedules: parts.sequential, milestones: [5, 15] }),
    ChainedScheduler: (trained) => new ChainedScheduler(trained, parts.chained),
    LambdaLR: (trained) => new LambdaLR(trained, { lrLambda: [(step) => 0.9 ** step, () => 1] }),
  };

  it.each(Object.entries(cases))('%s goes on from a state dict with the same bits', (_, make) => {
    fc.assert(
      fc.property(fc.nat(15), fc.nat(15), (before, after) => {
        const [first, second] = [optimizer(), optimizer()];
        const scheduler = make(first);
        for (let i = 0; i < before; i++) scheduler.step();
        // A resumed run: the optimiser has its state already when the scheduler is made.
        second.setHyper(first.hyper);
        const resumed = make(second);
        resumed.loadStateDict(JSON.parse(JSON.stringify(scheduler.stateDict())));
        expect(second.hyper).toEqual(first.hyper);
        for (let i = 0; i < after; i++) {
          scheduler.step();
          resumed.step();
        }
        expect(second.hyper).toEqual(first.hyper);
        expect(resumed.steps).toBe(before + after);
      }),
      { numRuns: 20 },
    );
  });

  it('SWALR and ReduceLROnPlateau go on from a state dict with the same bits', () => {
    fc.assert(
      fc.property(
        fc.nat(8),
        fc.nat(8),
        fc.array(fc.float({ min: 0, max: 5, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (before, after, losses) => {
          const makers = [
            (trained: SGD) => new SWALR(trained, { swaLr: 0.05, annealEpochs: 5 }),
            (trained: SGD) => new ReduceLROnPlateau(trained, { patience: 1, factor: 0.5, cooldown: 1 }),
          ];
          for (const make of makers) {
            const [first, second] = [optimizer(), optimizer()];
            const scheduler = make(first);
            for (let i = 0; i < before; i++) scheduler.step(losses[i]);
            second.setHyper(first.hyper);
            const resumed = make(second);
            resumed.loadStateDict(scheduler.stateDict() as never);
            for (let i = 0; i < after; i++) {
              scheduler.step(losses[before + i]);
              resumed.step(losses[before + i]);
            }
            expect(second.hyper).toEqual(first.hyper);
            expect(resumed.stateDict()).toEqual(scheduler.stateDict());
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('can go to any step, as a resumed run does', () => {
    const trained = optimizer();
    const scheduler = new StepLR(trained, { stepSize: 1, gamma: 0.5 });
    scheduler.stepTo(3);
    expect(trained.lr).toBe(0.0125);
    expect(scheduler.steps).toBe(3);
  });

  it('start at the factor of step 0, which a warm-up needs', () => {
    const trained = optimizer();
    const scheduler = new LRScheduler(trained, (step) => (step + 1) / 4);
    expect(trained.lr).toBe(0.025);
    scheduler.step();
    expect(trained.lr).toBe(0.05);
  });

  it('cycle the first beta of optimisers that have betas', () => {
    const trained = new Adam([new Parameter(tensor([1]))], { betas: [0.5, 0.9] });
    const scheduler = new CyclicLR(trained, { baseLr: 0.1, maxLr: 0.2, stepSizeUp: 2 });
    scheduler.step();
    expect(trained.hyper[0].betas[0]).toBeCloseTo(0.85, 12);
    expect(trained.hyper[0].betas[1]).toBe(0.9);
    expect(trained.lr).toBeCloseTo(0.15, 12);
  });

  it('change nothing of the optimiser when a step is refused', () => {
    const trained = optimizer();
    const scheduler = new OneCycleLR(trained, { maxLr: 0.3, totalSteps: 2 });
    scheduler.stepTo(2);
    const { lr } = trained;
    expect(() => scheduler.step()).toThrow('oneCycle: there must be at most 2 steps, got 3');
    expect([trained.lr, scheduler.steps]).toEqual([lr, 2]);
  });

  it.each<[() => unknown, string]>([
    [() => stepDecay({ stepSize: 0 }), 'stepDecay: stepSize must be a positive integer, got 0'],
    [() => stepDecay({ stepSize: 1.5 }), 'stepDecay: stepSize must be a positive integer, got 1.5'],
    [() => stepDecay({ stepSize: 1, gamma: -1 }), 'stepDecay: gamma must be a number ≥ 0, got -1'],
    [() => multiStepDecay({ milestones: [3, 2] }), 'milestones must be positive integers in growing order, got [3, 2]'],
    [() => multiStepDecay({ milestones: [0] }), 'milestones must be positive integers in growing order, got [0]'],
    [() => exponentialDecay({ gamma: Number.NaN }), 'exponentialDecay: gamma must be a number ≥ 0, got NaN'],
    [() => polynomialDecay({ totalIters: 0 }), 'polynomialDecay: totalIters must be a positive integer, got 0'],
    [() => inverseDecay({ gamma: -1 }), 'inverseDecay: gamma must be a number ≥ 0, got -1'],
    [() => cosineAnnealing({ tMax: -1 }), 'cosineAnnealing: tMax must be a positive integer, got -1'],
    [() => cosineWarmRestarts({ t0: 1, tMult: 0.5 }), 'cosineWarmRestarts: tMult must be a positive integer, got 0.5'],
    [() => linearFactor({ startFactor: 2 }), 'linearFactor: startFactor must be in [0, 1], got 2'],
    [() => constantFactor({ factor: -1 }), 'constantFactor: factor must be in [0, 1], got -1'],
    [() => oneCycle({ totalSteps: 0 }), 'oneCycle: totalSteps must be a positive integer, got 0'],
    [() => oneCycle({ totalSteps: 9, pctStart: 2 }), 'oneCycle: pctStart must be in [0, 1], got 2'],
    [() => oneCycle({ totalSteps: 9 })(10), 'oneCycle: there must be at most 9 steps, got 10'],
    [() => cyclic({ stepSizeUp: 0 }), 'cyclic: stepSizeUp must be a positive integer, got 0'],
    [() => sequential([() => 1], [3]), 'sequential: there must be 2 schedules, got 1'],
    [() => chained([]), 'chained: there must be schedules, got none'],
    [() => new LambdaLR(optimizer(), { lrLambda: [() => 1] }), 'LambdaLR: there must be 2 schedules, got 1'],
    [() => new OneCycleLR(optimizer(), { maxLr: [1], totalSteps: 9 }), 'OneCycleLR: maxLr must have 2 numbers, got 1'],
    [() => new CyclicLR(optimizer(), { baseLr: 0, maxLr: -1 }), 'CyclicLR: maxLr must be a number ≥ 0, got -1'],
    [
      () => new CyclicLR(new Adagrad([new Parameter(tensor([1]))]), { baseLr: 0, maxLr: 1 }),
      'CyclicLR: the optimiser must have momentum or betas to cycle, got neither',
    ],
    [() => new ReduceLROnPlateau(optimizer(), { factor: 1 }), 'ReduceLROnPlateau: factor must be in [0, 1), got 1'],
    [() => new ReduceLROnPlateau(optimizer(), { patience: -1 }), 'ReduceLROnPlateau: patience must be a number ≥ 0, got -1'],
    [() => new SWALR(optimizer(), { swaLr: 1, annealEpochs: 0 }), 'SWALR: annealEpochs must be a positive integer, got 0'],
    [
      () => new StepLR(optimizer(), { stepSize: 1 }).loadStateDict({ lastEpoch: 1, baseLrs: [1] }),
      'StepLR: the state must have 2 groups, got 1',
    ],
    [
      () => new SWALR(optimizer(), { swaLr: 1 }).loadStateDict({ lastEpoch: 1, baseLrs: [1] }),
      'SWALR: the state must have 2 groups, got 1',
    ],
    [() => robbinsMonro((t) => 1 / t), 'robbinsMonro: the schedule must know how it ends, got one without decayOrder'],
  ])('%# is refused by name', (run, message) => {
    expect(run).toThrow(ArgumentError);
    expect(run).toThrow(message);
  });
});

describe('robbinsMonro', () => {
  const all: [string, Schedule, boolean, boolean][] = [
    ['1/t', inverseDecay({ gamma: 1 }), true, true],
    ['t^-0.75', inverseDecay({ gamma: 0.1, power: 0.75 }), true, true],
    ['t^-1/2', inverseDecay({ gamma: 1, power: 0.5 }), true, false],
    ['t^-2', inverseDecay({ gamma: 1, power: 2 }), false, true],
    ['a constant', exponentialDecay({ gamma: 1 }), true, false],
    ['inverse decay without decay', inverseDecay({ gamma: 0 }), true, false],
    ['exponential decay', exponentialDecay({ gamma: 0.99 }), false, true],
    ['growth', exponentialDecay({ gamma: 1.01 }), true, false],
    ['step decay', stepDecay({ stepSize: 10 }), false, true],
    ['drops at milestones', multiStepDecay({ milestones: [5] }), true, false],
    ['a drop to zero', multiStepDecay({ milestones: [5], gamma: 0 }), false, true],
    ['polynomial decay', polynomialDecay(), false, true],
    ['cosine annealing', cosineAnnealing({ tMax: 10 }), true, false],
    ['warm restarts', cosineWarmRestarts({ t0: 10 }), true, false],
    ['a warm-up', linearFactor(), true, false],
    ['a line to zero', linearFactor({ endFactor: 0 }), false, true],
    ['triangles', cyclic(), true, false],
    ['shrinking triangles', cyclic({ mode: 'triangular2' }), false, true],
    ['triangles shrinking to a base', cyclic({ mode: 'triangular2', base: 0.1 }), true, false],
    ['growing triangles', cyclic({ mode: 'expRange', gamma: 1.00001, base: 0.1 }), true, false],
    ['a warm-up before 1/t', sequential([linearFactor(), inverseDecay({ gamma: 1 })], [5]), true, true],
    ['t^-1/2 twice', chained([inverseDecay({ gamma: 1, power: 0.5 }), inverseDecay({ gamma: 2, power: 0.5 })]), true, true],
    ['one of your own', withDecayOrder((t) => 1 / (1 + t * t), 2), false, true],
  ];

  it.each(all)('judges %s', (_, schedule, sumDiverges, sumOfSquaresConverges) => {
    expect(robbinsMonro(schedule)).toEqual({
      sumDiverges,
      sumOfSquaresConverges,
      holds: sumDiverges && sumOfSquaresConverges,
    });
  });

  it.each(all)('is told the order of %s rightly: the schedule falls by it over long times', (_, schedule) => {
    const { decayOrder = Number.NaN } = schedule;
    // The mean over a long period, at two times: what is periodic has a mean, too.
    const mean = (from: number): number => {
      let sum = 0;
      for (let t = from; t < from + 40_000; t++) sum += schedule(t) / 40_000;
      return sum;
    };
    const [early, late] = [mean(400_000), mean(400_000 * 64)];
    if (decayOrder === Number.POSITIVE_INFINITY) expect(late).toBeLessThan(1e-30);
    else if (decayOrder === Number.NEGATIVE_INFINITY) expect(late).toBeGreaterThan(1e30);
    else expect(Math.log(early / late) / Math.log(64)).toBeCloseTo(decayOrder, 0.5);
  });

  it('does not guess where factors cancel out', () => {
    const schedule = chained([exponentialDecay({ gamma: 2 }), exponentialDecay({ gamma: 0.5 })]);
    expect(() => robbinsMonro(schedule)).toThrow(ArgumentError);
  });
});

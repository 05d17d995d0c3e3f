import { ArgumentError } from '@dl/kernels';
import { Parameter, tensor, useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { LRScheduler, SGD, StepLR, stepDecay } from '../src/index.ts';

beforeAll(() => useBackend('reference'));

const optimizer = (): SGD =>
  new SGD([{ params: [new Parameter(tensor([1]))] }, { params: [new Parameter(tensor([1]))], lr: 0.25 }], { lr: 0.5 });

describe('StepLR', () => {
  it('multiplies every group by gamma after each stepSize steps', () => {
    const trained = optimizer();
    const scheduler = new StepLR(trained, { stepSize: 2, gamma: 0.5 });
    const rates = Array.from({ length: 5 }, () => {
      const now = trained.hyper.map(({ lr }) => lr);
      scheduler.step();
      return now;
    });
    expect(rates).toEqual([
      [0.5, 0.25],
      [0.5, 0.25],
      [0.25, 0.125],
      [0.25, 0.125],
      [0.125, 0.0625],
    ]);
  });

  it('can go to any step, as a resumed run does', () => {
    const trained = optimizer();
    const scheduler = new StepLR(trained, { stepSize: 1, gamma: 0.5 });
    scheduler.stepTo(3);
    expect(trained.lr).toBe(0.0625);
    expect(scheduler.steps).toBe(3);
  });

  it.each([{ stepSize: 0 }, { stepSize: 1.5 }, { stepSize: 1, gamma: -1 }])('refuses %o', (options) => {
    expect(() => stepDecay(options)).toThrow(ArgumentError);
  });
});

describe('LRScheduler', () => {
  it('starts at the factor of step 0, which a warm-up needs', () => {
    const trained = optimizer();
    const scheduler = new LRScheduler(trained, (step) => (step + 1) / 4);
    expect(trained.lr).toBe(0.125);
    scheduler.step();
    expect(trained.lr).toBe(0.25);
  });
});

import { ArgumentError } from '@dl/kernels';
import { mul, Parameter, tensor, tidy, useBackend } from '@dl/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Averageable, AveragedModel, getEmaAvgFn, SGD } from '../src/index.ts';

const backend = await useBackend('reference');

const modelOf = (params: Record<string, Parameter>): Averageable => ({ namedParameters: () => new Map(Object.entries(params)) });
const weights = fc.array(fc.integer({ min: -64, max: 64 }), { minLength: 1, maxLength: 12 });

describe('AveragedModel', () => {
  it('holds the mean of the weights at its updates', async () => {
    await fc.assert(
      fc.asyncProperty(weights, async (values) => {
        const weight = new Parameter(tensor([99]));
        const averaged = new AveragedModel(modelOf({ weight }));
        for (const value of values) {
          weight.assign(tensor([value]));
          averaged.updateParameters();
        }
        averaged.apply();
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(await weight.item()).toBeCloseTo(mean, 3);
        averaged.restore();
        expect(await weight.item()).toBe(values.at(-1));
        expect(averaged.nAveraged).toBe(values.length);
      }),
    );
  });

  it('holds an exponential moving average that starts at the first weights', async () => {
    await fc.assert(
      fc.asyncProperty(weights, fc.constantFrom(0, 0.5, 0.75, 1), async (values, decay) => {
        const weight = new Parameter(tensor([99]));
        const averaged = new AveragedModel(modelOf({ weight }), { avgFn: getEmaAvgFn(decay) });
        for (const value of values) {
          weight.assign(tensor([value]));
          averaged.updateParameters();
        }
        const expected = values.reduce((ema, value) => decay * ema + (1 - decay) * value);
        expect(await averaged.stateDict().state.get('weight')!.item()).toBeCloseTo(expected, 3);
      }),
    );
  });

  it('leaves running statistics alone, or averages them and copies counts', async () => {
    const params = {
      weight: new Parameter(tensor([1])),
      runningMean: new Parameter(tensor([1]), { trainable: false }),
      count: new Parameter(tensor(1, { dtype: 'int32' }), { trainable: false }),
    };
    const [own, all] = [new AveragedModel(modelOf(params)), new AveragedModel(modelOf(params), { useBuffers: true })];
    for (const value of [2, 4, 5]) {
      params.runningMean.assign(tensor([value]));
      params.count.assign(tensor(value, { dtype: 'int32' }));
      own.updateParameters();
      all.updateParameters();
    }
    expect([...own.stateDict().state.keys()]).toEqual(['weight']);
    expect(await all.stateDict().state.get('runningMean')!.item()).toBeCloseTo(11 / 3, 5);
    expect(await all.stateDict().state.get('count')!.item()).toBe(5);
  });

  it('goes on from a state dict with the same bits', async () => {
    await fc.assert(
      fc.asyncProperty(weights, weights, fc.boolean(), async (before, after, isOnHost) => {
        const [a, b] = [new Parameter(tensor([0])), new Parameter(tensor([0]))];
        const [first, second] = [new AveragedModel(modelOf({ w: a })), new AveragedModel(modelOf({ w: b }))];
        const update = (weight: Parameter, averaged: AveragedModel, value: number): void => {
          weight.assign(tensor([value]));
          averaged.updateParameters();
        };
        for (const value of before) update(a, first, value);
        const { nAveraged, state } = first.stateDict();
        const entry = state.get('w')!;
        const copy = isOnHost ? { shape: entry.shape, dtype: entry.dtype, data: await entry.data() } : entry;
        second.loadStateDict({ nAveraged, state: new Map([['w', copy]]) });
        for (const value of after) {
          update(a, first, value);
          update(b, second, value);
        }
        expect(await second.stateDict().state.get('w')!.data()).toEqual(await first.stateDict().state.get('w')!.data());
        expect(second.nAveraged).toBe(first.nAveraged);
      }),
    );
  });

  it('is nearer to the minimum than the last weights under noise', async () => {
    const weight = new Parameter(tensor([5]));
    const averaged = new AveragedModel(modelOf({ weight }));
    const optimizer = new SGD([weight], { lr: 0.5 });
    const last: number[] = [];
    for (let step = 0; step < 200; step++) {
      const noise = step % 2 === 0 ? 1 : -1;
      optimizer.step(new Map([[weight, mul(weight, 1).add(noise)]]));
      if (step >= 50) averaged.updateParameters();
      last.push(Math.abs(Number(await weight.item())));
    }
    averaged.apply();
    expect(Math.abs(Number(await weight.item()))).toBeLessThan(last.slice(50).reduce((a, b) => Math.min(a, b)) / 10);
  });

  it('keeps no more memory than the averages, and the weights put aside', () => {
    const weight = new Parameter(tensor([1, 2]));
    const averaged = new AveragedModel(modelOf({ weight }));
    averaged.updateParameters();
    tidy(() => weight.assign(tensor([3, 4])));
    averaged.updateParameters();
    const { buffers } = backend.stats();
    for (let i = 0; i < 20; i++) {
      tidy(() => weight.assign(weight.add(i)));
      averaged.updateParameters();
      averaged.apply();
      averaged.restore();
    }
    expect(backend.stats().buffers).toBe(buffers);
  });

  it('refuses what would mix weights and averages up', () => {
    const averaged = new AveragedModel(modelOf({ w: new Parameter(tensor([1])) }));
    expect(() => averaged.restore()).toThrow('AveragedModel.restore: the model must hold the averages, got its own weights');
    averaged.apply();
    expect(() => averaged.apply()).toThrow('AveragedModel.apply: the model must hold its own weights, got the averages');
    expect(() => averaged.updateParameters()).toThrow(ArgumentError);
  });

  it('lists everything of a state that does not fit', () => {
    const averaged = new AveragedModel(modelOf({ w: new Parameter(tensor([1])), b: new Parameter(tensor([1])) }));
    const state = new Map([
      ['w', tensor([1, 2])],
      ['x', tensor([1])],
    ]);
    expect(() => averaged.loadStateDict({ nAveraged: 4, state })).toThrow(
      'AveragedModel: the state must fit the parameters, got no b; w [2] for [1]; x, which is of no parameter',
    );
    expect(averaged.nAveraged).toBe(0);
    expect(() => new AveragedModel(modelOf({}))).toThrow('AveragedModel: the model must have parameters, got none');
    expect(() => getEmaAvgFn(1.5)).toThrow('getEmaAvgFn: decay must be in [0, 1], got 1.5');
  });
});

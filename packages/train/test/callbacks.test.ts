import { DataLoader, type HostTensor } from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import { crossEntropy, Linear, Sequential } from '@dl/layers';
import { SGD } from '@dl/optim';
import { manualSeed } from '@dl/tensor';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  Accuracy,
  type Callback,
  clipGradients,
  type EpochResult,
  earlyStopping,
  evaluate,
  exponentialMovingAverage,
  type FitOptions,
  fit,
} from '../src/index.ts';
import { blobs } from './blobs.ts';

const loader = (count: number, seed: number): DataLoader<{ x: HostTensor; y: HostTensor }> =>
  new DataLoader(blobs(count, seed), { batchSize: 8, shuffle: true, seed });

function setup(lr: number): FitOptions & { readonly validation: FitOptions['train'] } {
  const model = new Sequential(new Linear(2, 3));
  const optimizer = new SGD(model.parameters(), { lr });
  const metrics = { accuracy: new Accuracy() };
  return { model, optimizer, metrics, loss: crossEntropy, train: loader(32, 1), validation: loader(24, 2), epochs: 8 };
}

const weightsOf = async ({ model }: Pick<FitOptions, 'model'>): Promise<number[]> =>
  (await Promise.all(model.parameters().map((parameter) => parameter.array()))).flat(2) as number[];

beforeEach(() => manualSeed(1));

describe('earlyStopping', () => {
  /** What the callback makes of a course of the validation loss. */
  async function follow(
    losses: readonly number[],
    options: Parameters<typeof earlyStopping>[0],
  ): Promise<{ epochs: number; best: number }> {
    const { model, ...rest } = setup(0.1);
    const bias = (model as Sequential).layers[0].parameters()[1];
    let epoch = 0;
    // The loss of validation is as told, and the weights say of which epoch they are.
    const callback: Callback = {
      onValidationStart: () => {
        epoch++;
        bias.assign(bias.mul(0).add(epoch));
      },
    };
    const loss: FitOptions['loss'] = (output, y) =>
      crossEntropy(output, y)
        .mul(0)
        .add(losses[epoch - 1] ?? 0);
    const callbacks = [callback, earlyStopping(options)];
    const { history } = await fit({ ...rest, model, loss, epochs: losses.length, callbacks });
    return { epochs: history.length, best: (await bias.data())[0] };
  }

  it('ends after so many epochs without progress, and restores the best weights', async () => {
    expect(await follow([5, 3, 4, 3, 1, 0], { patience: 2 })).toEqual({ epochs: 4, best: 2 });
    expect(await follow([5, 3, 4, 2, 3, 4], { patience: 3 })).toEqual({ epochs: 6, best: 4 });
    expect(await follow([5, 3, 4, 4, 4, 0], { patience: 2, restoreBest: false })).toEqual({ epochs: 4, best: 4 });
  });

  it('takes small changes for none, more for better where it should, and NaN for worse', async () => {
    expect(await follow([5, 4.9, 4.8, 4.7], { patience: 2, minDelta: 0.5 })).toEqual({ epochs: 3, best: 1 });
    expect(await follow([1, 2, 3, 2, 1, 9], { patience: 2, mode: 'max' })).toEqual({ epochs: 5, best: 3 });
    expect(await follow([5, Number.NaN, Number.NaN, 1], { patience: 2 })).toEqual({ epochs: 3, best: 1 });
  });

  it('looks at a metric, of training data without validation data', async () => {
    const { validation: _, ...options } = setup(0);
    const { history } = await fit({ ...options, callbacks: [earlyStopping({ patience: 3, monitor: 'accuracy', mode: 'max' })] });
    expect(history).toHaveLength(4);
    const unknown = earlyStopping({ patience: 1, monitor: 'f1', mode: 'max' });
    await expect(fit({ ...options, callbacks: [unknown] })).rejects.toThrow('monitor must be one of loss, accuracy, got f1');
  });

  it('restores averaged weights where those were evaluated, whatever the order of the callbacks', async () => {
    const outcomes = await Promise.all(
      [false, true].map(async (reversed) => {
        manualSeed(1);
        const options = setup(0.5);
        const callbacks = [exponentialMovingAverage({ decay: 0.7 }), earlyStopping({ patience: 8 })];
        const { history } = await fit({ ...options, callbacks: reversed ? callbacks.reverse() : callbacks });
        const { loss } = await evaluate(options.model, options.validation, options);
        expect(loss).toBeCloseTo(Math.min(...history.map(({ validation }) => validation?.loss ?? 0)), 6);
        return weightsOf(options);
      }),
    );
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  it('refuses options outside their domain', () => {
    expect(() => earlyStopping({ patience: 0 })).toThrow(ArgumentError);
    expect(() => earlyStopping({ patience: 1, minDelta: -1 })).toThrow('minDelta must not be negative, got -1');
    expect(() => earlyStopping({ patience: 1, monitor: 'accuracy' })).toThrow(
      'mode must be said for a metric, got none for accuracy',
    );
  });
});

describe('exponentialMovingAverage', () => {
  it('validates by the averages, trains its own weights, and leaves the averages', async () => {
    const seen: number[][] = [];
    const options = setup(0.5);
    const look: Callback = { onStep: async () => void seen.push(await weightsOf(options)) };
    const { history } = await fit({ ...options, epochs: 2, callbacks: [exponentialMovingAverage({ decay: 0.75 }), look] });
    const averages = seen.reduce((average, now) => average.map((value, i) => 0.75 * value + 0.25 * now[i]));
    expect(await weightsOf(options)).toEqual(averages.map((value) => expect.closeTo(value, 5)));
    const { loss } = await evaluate(options.model, options.validation, options);
    expect(loss).toBeCloseTo(history[1].validation?.loss ?? 0, 6);

    manualSeed(1);
    const plain = setup(0.5);
    const bare = await fit({ ...plain, epochs: 2 });
    const trained = ({ train }: EpochResult): unknown => train;
    expect(history.map(trained)).toEqual(bare.history.map(trained));
    expect(await weightsOf(plain)).toEqual(seen[7]);
  });

  it('gives the model its own weights back where validation fails', async () => {
    const options = setup(0.5);
    let own: number[] = [];
    const look: Callback = {
      onStep: async () => {
        own = await weightsOf(options);
      },
    };
    const validation = new DataLoader({
      size: 1,
      get: () => ({ x: { shape: [5], dtype: 'float32', data: new Float32Array(5) }, y: 0 }),
    });
    const callbacks = [exponentialMovingAverage({ decay: 0.5 }), look];
    await expect(fit({ ...options, validation, callbacks })).rejects.toThrow('(Linear)');
    expect(await weightsOf(options)).toEqual(own);
  });
});

it('callbacks refuse a state that is not theirs', () => {
  for (const state of [undefined, 7, {}, { badEpochs: 'none' }, { nAveraged: 1, state: {} }, { badEpochs: 1, weights: [] }]) {
    expect(() => earlyStopping({ patience: 1 }).loadStateDict?.(state)).toThrow(ArgumentError);
    expect(() => exponentialMovingAverage().loadStateDict?.(state)).toThrow(ArgumentError);
  }
});

describe('clipGradients', () => {
  /** How far a step of rate 1 moves the weights. */
  async function distances(callback: Callback): Promise<number[]> {
    manualSeed(1);
    const options = setup(1);
    const before = await weightsOf(options);
    await fit({ ...options, train: loader(8, 1), epochs: 1, callbacks: [callback] });
    return (await weightsOf(options)).map((weight, i) => Math.abs(weight - before[i]));
  }

  it('bounds the norm of all gradients, or each element', async () => {
    expect(Math.hypot(...(await distances(clipGradients({ maxNorm: 0.01 }))))).toBeCloseTo(0.01, 5);
    expect(Math.max(...(await distances(clipGradients({ maxNorm: 0.01, normType: Number.POSITIVE_INFINITY }))))).toBeCloseTo(
      0.01,
      5,
    );
    const clipped = await distances(clipGradients({ maxValue: 0.01 }));
    expect(Math.max(...clipped)).toBeCloseTo(0.01, 5);
    expect(Math.hypot(...clipped)).toBeGreaterThan(0.012);
    await expect(distances(clipGradients({ maxNorm: -1 }))).rejects.toThrow(ArgumentError);
  });
});

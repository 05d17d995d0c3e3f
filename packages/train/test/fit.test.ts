import { ArrayDataset, DataLoader, type HostTensor, map } from '@dl/data';
import { ArgumentError, ShapeError } from '@dl/kernels';
import { crossEntropy, Dropout, type Layer, Linear, Module, mseLoss, ReLU, Sequential, stateDict } from '@dl/layers';
import { Adam, clipGradValue, ReduceLROnPlateau, SGD, StepLR } from '@dl/optim';
import { currentBackend, manualSeed, type Parameter, Rng, type Tensor } from '@dl/tensor';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  Accuracy,
  type Callback,
  evaluate,
  exponentialMovingAverage,
  type FitResult,
  fit,
  type StepEvent,
} from '../src/index.ts';
import { blobs } from './blobs.ts';

const classifier = (): Sequential => new Sequential(new Linear(2, 16), new ReLU(), new Dropout(0.1), new Linear(16, 3));
const loader = (count: number, seed: number): DataLoader<{ x: HostTensor; y: HostTensor }> =>
  new DataLoader(blobs(count, seed), { batchSize: 16, shuffle: true, seed });

const host = (shape: readonly number[], data: Float32Array | Int32Array): HostTensor => ({
  shape,
  dtype: data instanceof Int32Array ? 'int32' : 'float32',
  data,
});

beforeEach(() => manualSeed(1));

describe('fit', () => {
  it('learns three blobs, and says so in its history', async () => {
    const model = classifier();
    const optimizer = new Adam(model.parameters(), { lr: 0.02 });
    const metrics = { accuracy: new Accuracy() };
    const { history, steps, stepsPerSecond } = await fit({
      model,
      loss: crossEntropy,
      optimizer,
      train: loader(200, 1),
      validation: loader(60, 2),
      epochs: 6,
      metrics,
    });
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(history.map(({ samples }) => samples)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(steps).toBe(6 * 13);
    expect(stepsPerSecond).toBeGreaterThan(0);
    expect(history[5].train.loss).toBeLessThan(0.5 * history[0].train.loss);
    expect(history[5].validation!.metrics.accuracy).toBeGreaterThan(0.95);
  });

  it('gives the same bits of weights for the same seeds, dropout included', async () => {
    const train = async (seed: number): Promise<unknown[]> => {
      manualSeed(seed);
      const model = classifier();
      const optimizer = new Adam(model.parameters(), { lr: 0.01 });
      await fit({ model, loss: crossEntropy, optimizer, train: loader(64, seed), epochs: 2, rng: new Rng(seed) });
      return Promise.all(model.parameters().map((parameter) => parameter.data()));
    };
    expect(await train(5)).toEqual(await train(5));
    expect(await train(5)).not.toEqual(await train(6));
  });

  it('moves the schedule once an epoch, and reports the rate of each', async () => {
    const model = classifier();
    const optimizer = new SGD(model.parameters(), { lr: 0.5 });
    const schedule = new StepLR(optimizer, { stepSize: 1, gamma: 0.5 });
    const { history } = await fit({ model, loss: crossEntropy, optimizer, schedule, train: loader(32, 1), epochs: 3 });
    expect(history.map(({ lr }) => lr)).toEqual([0.5, 0.25, 0.125]);
  });

  it('moves the schedule after every step where it should', async () => {
    const model = classifier();
    const optimizer = new SGD(model.parameters(), { lr: 0.5 });
    const schedule = new StepLR(optimizer, { stepSize: 1, gamma: 0.5 });
    const rates: number[] = [];
    const callbacks: Callback[] = [{ onStep: ({ lr }) => void rates.push(lr) }];
    const options = { model, loss: crossEntropy, optimizer, schedule, scheduleEvery: 'step', callbacks } as const;
    await fit({ ...options, train: loader(32, 1), epochs: 2 });
    expect(rates).toEqual([0.5, 0.25, 0.125, 0.0625]);
  });

  it('tells the schedule the loss on validation data, or on training data without', async () => {
    for (const validation of [undefined, loader(16, 2)]) {
      const model = classifier();
      const told: number[] = [];
      const schedule = { step: (loss: number) => void told.push(loss) };
      const optimizer = new SGD(model.parameters(), { lr: 0.1 });
      const { history } = await fit({
        model,
        loss: crossEntropy,
        optimizer,
        schedule,
        train: loader(32, 1),
        validation,
        epochs: 2,
      });
      expect(told).toEqual(history.map(({ train, validation: held }) => (held ?? train).loss));
    }
  });

  it('lowers the rate when the loss does not fall any more', async () => {
    const model = classifier();
    const optimizer = new SGD(model.parameters(), { lr: 1e-12 });
    const schedule = new ReduceLROnPlateau(optimizer, { patience: 0, eps: 0 });
    const { history } = await fit({
      model,
      loss: crossEntropy,
      optimizer,
      schedule,
      train: loader(32, 1),
      validation: loader(16, 2),
      epochs: 3,
    });
    for (const [i, lr] of [1e-12, 1e-12, 1e-13].entries()) expect(history[i].lr / lr).toBeCloseTo(1, 9);
  });

  it('weighs batches by their size in the mean loss', async () => {
    class Constant extends Module implements Layer {
      readonly unused: Linear = new Linear(1, 1);
      override forward(x: Tensor): Tensor {
        return x.mul(1);
      }
    }
    const x = { shape: [3, 1], dtype: 'float32', data: new Float32Array([0, 0, 3]) } as const;
    const y = { shape: [3, 1], dtype: 'float32', data: new Float32Array(3) } as const;
    const train = new DataLoader(new ArrayDataset({ x, y }), { batchSize: 2 });
    const model = new Constant();
    const optimizer = { lr: 0, step: (): void => {} };
    const { history } = await fit({ model, loss: mseLoss, optimizer, train, epochs: 1 });
    expect(history[0].train.loss).toBe(3);
  });

  it('keeps memory flat over epochs', async () => {
    const model = classifier();
    const optimizer = new Adam(model.parameters());
    const options = {
      model,
      loss: crossEntropy,
      optimizer,
      train: loader(64, 1),
      validation: loader(32, 2),
      metrics: { accuracy: new Accuracy() },
    };
    await fit({ ...options, epochs: 1 });
    const { buffers, bytes } = currentBackend().stats();
    await fit({ ...options, epochs: 3 });
    // The garbage of other tests may go meanwhile.
    expect(currentBackend().stats().buffers).toBeLessThanOrEqual(buffers);
    expect(currentBackend().stats().bytes).toBeLessThanOrEqual(bytes);
  });

  it('refuses what it cannot train', async () => {
    const model = classifier();
    const options = { model, loss: crossEntropy, optimizer: new SGD(model.parameters(), { lr: 1 }), train: loader(16, 1) };
    await expect(fit({ ...options, epochs: -1 })).rejects.toThrow('fit: epochs must be a non-negative integer, got -1');
    await expect(fit({ ...options, model: new ReLU(), epochs: 1 })).rejects.toThrow(ArgumentError);
    await expect(fit({ ...options, epochs: 1, accumulate: 0 })).rejects.toThrow('accumulate must be a positive integer, got 0');
    const schedule = new ReduceLROnPlateau(options.optimizer);
    await expect(fit({ ...options, epochs: 1, schedule, scheduleEvery: 'step' })).rejects.toThrow(ArgumentError);
  });

  it('refuses the test set, to train on and to choose by', async () => {
    const model = classifier();
    const optimizer = new SGD(model.parameters(), { lr: 1 });
    const [train, test] = [
      loader(16, 1),
      new DataLoader({ ...map(blobs(16, 2), (item) => item), split: 'test' }, { batchSize: 16 }),
    ];
    const options = { model, loss: crossEntropy, optimizer, epochs: 1 };
    await expect(fit({ ...options, train: test })).rejects.toThrow(
      /^fit: train must not be of the test split, which is looked at once, by evaluate, .* got split 'test'$/,
    );
    await expect(fit({ ...options, train, validation: test })).rejects.toThrow(/^fit: validation must not be of the test split/);
    await expect(fit({ ...options, train: test })).rejects.toThrow(ArgumentError);
    expect((await evaluate(model, test, { loss: crossEntropy })).samples).toBe(16);
  });

  it('frees the batch of a step that fails, and tells callbacks', async () => {
    const model = new Sequential(new Linear(2, 16), new Linear(7, 3));
    const optimizer = new SGD(model.parameters(), { lr: 1 });
    const ended: unknown[] = [];
    const callbacks: Callback[] = [{ onFitEnd: (result) => void ended.push(result) }];
    const { buffers } = currentBackend().stats();
    const training = fit({ model, loss: crossEntropy, optimizer, train: loader(64, 1), epochs: 1, callbacks });
    await expect(training).rejects.toThrow(ShapeError);
    await expect(training).rejects.toThrow('in 1 (Linear)');
    expect(ended).toEqual([undefined]);
    expect(currentBackend().stats().buffers).toBe(buffers);
  });
});

describe('a callback that fails', () => {
  it('leaves no gradients behind', async () => {
    const model = new Linear(2, 3);
    const optimizer = new SGD(model.parameters(), { lr: 1 });
    const failing: Callback = {
      onGradients() {
        throw new Error('no gradients');
      },
    };
    const { buffers } = currentBackend().stats();
    const training = fit({ model, loss: crossEntropy, optimizer, train: loader(16, 1), epochs: 1, callbacks: [failing] });
    await expect(training).rejects.toThrow('no gradients');
    expect(currentBackend().stats().buffers).toBe(buffers);
  });

  it('before a validation lets those before it put the trained weights back', async () => {
    const model = new Linear(2, 3);
    const optimizer = new SGD(model.parameters(), { lr: 1 });
    let trained: Float32Array | undefined;
    const failing: Callback = {
      async onStep() {
        trained = Float32Array.from(await model.weight.data());
      },
      onValidationStart() {
        throw new Error('no validation');
      },
    };
    const data = { train: loader(64, 1), validation: loader(16, 2) };
    const callbacks = [exponentialMovingAverage({ decay: 0.9 }), failing];
    const training = fit({ model, loss: crossEntropy, optimizer, ...data, epochs: 1, callbacks });
    await expect(training).rejects.toThrow('no validation');
    expect(await model.weight.data()).toEqual(trained);
  });
});

describe('the end of a training', () => {
  const broken: Callback = {
    onFitEnd() {
      throw new Error('the last word');
    },
  };

  function train(callbacks: readonly Callback[]): Promise<FitResult> {
    const model = new Linear(2, 3);
    const optimizer = new SGD(model.parameters(), { lr: 1 });
    return fit({ model, loss: crossEntropy, optimizer, train: loader(16, 1), epochs: 1, callbacks });
  }

  it('is told to all callbacks, also behind one that fails', async () => {
    const ended: unknown[] = [];
    const training = train([broken, { onFitEnd: (result) => void ended.push(result?.steps) }]);
    await expect(training).rejects.toThrow('the last word');
    expect(ended).toEqual([1]);
  });

  it('does not hide why the training failed', async () => {
    const failing: Callback = {
      onStep() {
        throw new Error('the first');
      },
    };
    await expect(train([broken, failing])).rejects.toThrow('the first');
  });
});

describe('accumulated gradients', () => {
  /** The weights after an epoch of plain descent, and how many steps that took. */
  async function train(batchSize: number, accumulate?: number): Promise<{ weights: Float32Array; steps: number }> {
    manualSeed(1);
    const model = new Sequential(new Linear(2, 8), new ReLU(), new Linear(8, 3));
    const optimizer = new SGD(model.parameters(), { lr: 0.5 });
    const data = new DataLoader(blobs(22, 1), { batchSize });
    const { steps } = await fit({ model, loss: crossEntropy, optimizer, train: data, epochs: 1, accumulate });
    const weights = await Promise.all(model.parameters().map((parameter) => parameter.data()));
    return { weights: Float32Array.from(weights.flatMap((values) => [...values])), steps };
  }

  it('are those of one large batch, where its parts are not alike too', async () => {
    const [parts, whole, each] = [await train(8, 3), await train(22), await train(8)];
    expect([parts.steps, whole.steps, each.steps]).toEqual([1, 1, 3]);
    expect([...parts.weights]).toEqual([...whole.weights].map((weight) => expect.closeTo(weight, 6)));
    expect(parts.weights).not.toEqual(each.weights);
  });

  it('make a step of what is left at the end of an epoch', async () => {
    expect((await train(4, 4)).steps).toBe(2);
    expect((await train(22, 1)).weights).toEqual((await train(22)).weights);
  });
});

describe('callbacks', () => {
  const run = (callbacks: readonly Callback[], signal?: AbortSignal): ReturnType<typeof fit> => {
    const model = classifier();
    const optimizer = new SGD(model.parameters(), { lr: 0.1 });
    const metrics = { accuracy: new Accuracy() };
    const [train, validation] = [loader(64, 1), loader(16, 2)];
    return fit({ model, loss: crossEntropy, optimizer, train, validation, epochs: 3, metrics, callbacks, signal });
  };

  it('see the start, each step, each epoch and the end, in order and awaited', async () => {
    const events: string[] = [];
    const note = async (event: string): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      events.push(event);
    };
    const result = await run([
      {
        onFitStart: ({ epochs, steps, parameters }) => note(`start ${epochs}×${steps} ${[...parameters.keys()].join()}`),
        onEpochStart: ({ epoch, epochs }) => note(`begin ${epoch}/${epochs}`),
        onGradients: ({ epoch, step, globalStep, grads }) =>
          void events.push(`grads ${epoch}.${step} ${globalStep} ${grads.size}`),
        onStep: ({ epoch, step, globalStep, lr, samples }) => note(`step ${epoch}.${step} ${globalStep} ${lr} ${samples}`),
        onValidationStart: () => note('validation'),
        onValidationEnd: () => note('validated'),
        onEpochEnd: ({ epoch, epochs }) => note(`epoch ${epoch}/${epochs}`),
        onFitEnd: (ended) => note(`end ${ended?.steps}`),
      },
    ]);
    expect(events.slice(0, 4)).toEqual([
      'start 3×4 0.weight,0.bias,3.weight,3.bias',
      'begin 1/3',
      'grads 1.1 1 4',
      'step 1.1 1 0.1 16',
    ]);
    expect(events.slice(8, 15)).toEqual([
      'grads 1.4 4 4',
      'step 1.4 4 0.1 64',
      'validation',
      'validated',
      'epoch 1/3',
      'begin 2/3',
      'grads 2.1 5 4',
    ]);
    expect(events.at(-1)).toBe('end 12');
    expect(result.steps).toBe(12);
  });

  it('can read the running figures at any step', async () => {
    const seen: number[] = [];
    const onStep = async ({ read }: StepEvent): Promise<void> => {
      const { loss, metrics } = await read();
      seen.push(loss, metrics.accuracy);
    };
    const { history } = await run([{ onStep }]);
    expect(seen).toHaveLength(24);
    expect(seen.every(Number.isFinite)).toBe(true);
    expect(seen.at(-2)).toBe(history[2].train.loss);
    expect(seen.at(-1)).toBe(history[2].train.metrics.accuracy);
  });

  it('can give a step other gradients, one after the other', async () => {
    const model = new Linear(2, 3);
    const optimizer = new SGD(model.parameters(), { lr: 1 });
    const before = await model.weight.data();
    const maps: ReadonlyMap<Parameter, Tensor>[] = [];
    const clip: Callback = {
      onGradients({ grads, replace }) {
        maps.push(clipGradValue(grads, 1e-3));
        replace(maps[0]);
      },
    };
    const look: Callback = { onGradients: ({ grads }) => void maps.push(grads) };
    await fit({ model, loss: crossEntropy, optimizer, train: loader(16, 1), epochs: 1, callbacks: [clip, look] });
    expect(maps[1]).toBe(maps[0]);
    const moved = (await model.weight.data()).map((value, i) => Math.abs(value - before[i]));
    for (const distance of moved) expect(distance).toBeCloseTo(1e-3, 6);
  });

  it('learn that validation is over where it fails', async () => {
    const model = new Linear(2, 3);
    const validation = new DataLoader(
      new ArrayDataset({ x: host([1, 5], new Float32Array(5)), y: host([1], new Int32Array(1)) }),
    );
    const events: string[] = [];
    const callbacks: Callback[] = [
      { onValidationStart: () => void events.push('start'), onValidationEnd: () => void events.push('end') },
    ];
    const optimizer = new SGD(model.parameters(), { lr: 1 });
    const training = fit({ model, loss: crossEntropy, optimizer, train: loader(16, 1), validation, epochs: 1, callbacks });
    await expect(training).rejects.toThrow(ShapeError);
    expect(events).toEqual(['start', 'end']);
  });

  it('can end the training after a step or an epoch', async () => {
    const afterStep = await run([{ onStep: ({ epoch, step, stop }) => (epoch === 2 && step === 3 ? stop() : undefined) }]);
    expect(afterStep.history.map(({ steps }) => steps)).toEqual([4, 3]);
    const afterEpoch = await run([{ onEpochEnd: ({ stop }) => stop() }]);
    expect(afterEpoch.history).toHaveLength(1);
  });

  it('are not all: a signal ends the training with its reason', async () => {
    const controller = new AbortController();
    const callbacks: Callback[] = [{ onStep: () => controller.abort(new Error('enough')) }];
    await expect(run(callbacks, controller.signal)).rejects.toThrow('enough');
  });

  it('leave the event loop its turns', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const slow: Callback = {
      onStep: () => {
        const until = performance.now() + 10;
        while (performance.now() < until);
      },
    };
    await run([slow]);
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(2);
  });
});

describe('evaluate', () => {
  it('is the loss and the metrics over all samples, without dropout', async () => {
    const model = new Sequential(new Dropout(1), new Linear(2, 3));
    const data = blobs(50, 3);
    const options = { loss: crossEntropy, metrics: { accuracy: new Accuracy() } };
    const inBatches = await evaluate(model, new DataLoader(data, { batchSize: 16 }), options);
    const atOnce = await evaluate(model, new DataLoader(data, { batchSize: 50 }), options);
    expect(inBatches.samples).toBe(50);
    expect(inBatches.metrics).toEqual(atOnce.metrics);
    expect(inBatches.loss).toBeCloseTo(atOnce.loss, 5);
    const dark = new Sequential(new Linear(2, 3));
    dark.layers[0].parameters()[0].assign(model.layers[1].parameters()[0]);
    dark.layers[0].parameters()[1].assign(model.layers[1].parameters()[1]);
    expect((await evaluate(dark, new DataLoader(data, { batchSize: 50 }), options)).loss).toBe(atOnce.loss);
  });

  it('leaves the model and the memory as they were', async () => {
    const model = classifier();
    const before = await Promise.all([...stateDict(model).values()].map((parameter) => parameter.data()));
    const { buffers } = currentBackend().stats();
    await evaluate(model, loader(64, 1), { loss: crossEntropy });
    expect(currentBackend().stats().buffers).toBe(buffers);
    expect(await Promise.all([...stateDict(model).values()].map((parameter) => parameter.data()))).toEqual(before);
  });
});

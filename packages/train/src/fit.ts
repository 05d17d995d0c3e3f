import { valueAndGrad } from '@dl/autograd';
import { ArgumentError } from '@dl/kernels';
import type { Layer } from '@dl/layers';
import type { LRScheduler, ReduceLROnPlateau } from '@dl/optim';
import { alias, keep, type Parameter, type Rng, type Tensor, withoutRecording } from '@dl/tensor';
import { Breather } from './breather.ts';
import type { Callback, StepEvent } from './callbacks/callback.ts';
import { evaluate, type Loss } from './evaluate.ts';
import type { EpochResult, Figures, FitResult } from './history.ts';
import type { Loader } from './loader.ts';
import { computeAll, type Metrics } from './metrics/metric.ts';
import { RunningMean } from './metrics/running-mean.ts';

/** What {@link fit} needs of an optimiser: those of `@dl/optim`, or one of your own. */
export interface Stepper {
  readonly lr: number;
  step(grads: ReadonlyMap<Parameter, Tensor>): void;
}

/** What {@link fit} is told. */
export interface FitOptions {
  readonly model: Layer;
  readonly loss: Loss;
  readonly optimizer: Stepper;
  readonly train: Loader;
  /** Evaluated after each epoch. */
  readonly validation?: Loader | undefined;
  readonly epochs: number;
  /** Moved on after each epoch, and told its loss on validation data, or on training data without. */
  readonly schedule?: Pick<LRScheduler | ReduceLROnPlateau, 'step'> | undefined;
  /** Gathered over training and validation data. Default: none. */
  readonly metrics?: Metrics<number> | undefined;
  readonly callbacks?: readonly Callback[] | undefined;
  /** What random layers draw from. Default: the default generator. */
  readonly rng?: Rng | undefined;
  /** Ends the training with its reason, between two steps. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains a model: for each batch the loss, its gradients and a step of the optimiser; for each epoch the figures of training and
 * validation. Everything that a step makes is freed.
 *
 * With the same seeds of the weights, the loader and the generator, the trained weights have the same bits.
 *
 * @throws {@link ArgumentError} unless `epochs` is a non-negative integer and the model has trainable parameters
 * @throws the reason of `signal`, when it aborts
 * @example
 * const x = { shape: [4, 1], dtype: 'float32', data: new Float32Array([0, 1, 2, 3]) } as const;
 * const y = { shape: [4, 1], dtype: 'float32', data: new Float32Array([1, 3, 5, 7]) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y }), { batchSize: 4 });
 * const model = new Linear(1, 1);
 * const optimizer = new SGD(model.parameters(), { lr: 0.1 });
 * const { history } = await fit({ model, loss: mseLoss, optimizer, train, epochs: 100 });
 * history[99].train.loss < 0.01 // true
 */
export async function fit(options: FitOptions): Promise<FitResult> {
  const { epochs, train, callbacks = [] } = options;
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new ArgumentError('fit', `epochs must be a non-negative integer, got ${epochs}`);
  const run = new Run(options);
  let result: FitResult | undefined;
  try {
    for (const callback of callbacks) await callback.onFitStart?.({ epochs, steps: train.length });
    for (let epoch = 1; epoch <= epochs && !run.isStopped; epoch++) await run.epoch(epoch);
    result = run.result();
    return result;
  } finally {
    run.dispose();
    for (const callback of callbacks) await callback.onFitEnd?.(result);
  }
}

/** The state of one call of {@link fit}. */
class Run {
  readonly #options: FitOptions;
  readonly #metrics: Metrics<number>;
  readonly #parameters: readonly Parameter[];
  readonly #loss: RunningMean = new RunningMean();
  readonly #breather: Breather = new Breather();
  readonly #history: EpochResult[] = [];
  isStopped = false;

  constructor(options: FitOptions) {
    this.#options = options;
    this.#metrics = options.metrics ?? {};
    this.#parameters = options.model.parameters();
    if (this.#parameters.length === 0) throw new ArgumentError('fit', 'the model must have trainable parameters, got none');
  }

  async epoch(epoch: number): Promise<void> {
    const { train, validation, optimizer, schedule, model, loss, callbacks = [], epochs, signal } = this.#options;
    const begin = performance.now();
    const { lr } = optimizer;
    let [steps, samples] = [0, 0];
    this.#reset();
    for await (const { x, y } of train) {
      signal?.throwIfAborted();
      this.#step(x, y);
      steps++;
      samples += x.shape[0];
      const seconds = (performance.now() - begin) / 1000;
      await this.#tell({ epoch, step: steps, samples, seconds, read: () => this.#figures(), stop: () => this.#stop() });
      await this.#breather.rest();
      if (this.isStopped) break;
    }
    const seconds = (performance.now() - begin) / 1000;
    const figures = await this.#figures();
    const evaluated = validation && (await evaluate(model, validation, { loss, metrics: this.#metrics }));
    schedule?.step((evaluated ?? figures).loss);
    const result: EpochResult = {
      epoch,
      lr,
      steps,
      samples,
      seconds,
      train: figures,
      validation: evaluated && { loss: evaluated.loss, metrics: evaluated.metrics },
    };
    this.#history.push(result);
    for (const callback of callbacks) await callback.onEpochEnd?.({ ...result, epochs, stop: () => this.#stop() });
  }

  result(): FitResult {
    const steps = total(this.#history, ({ steps: count }) => count);
    return { history: this.#history, steps, stepsPerSecond: steps / total(this.#history, ({ seconds }) => seconds) };
  }

  dispose(): void {
    this.#reset();
  }

  #step(x: Tensor, y: Tensor): void {
    const { model, loss, optimizer, rng } = this.#options;
    let output: Tensor | undefined;
    try {
      const { value, grads } = valueAndGrad(() => {
        const predicted = model.forward(x, { training: true, rng });
        // A handle of its own: the model may have returned a tensor that is not the step's to free.
        output = keep(withoutRecording(() => alias(predicted)));
        return loss(predicted, y);
      }, this.#parameters);
      optimizer.step(grads);
      this.#loss.add(value, x.shape[0]);
      value.dispose();
      for (const metric of Object.values(this.#metrics)) metric.update(output!, y);
    } finally {
      output?.dispose();
    }
  }

  async #tell(event: StepEvent): Promise<void> {
    for (const callback of this.#options.callbacks ?? []) {
      const promise = callback.onStep?.(event);
      if (promise !== undefined) await promise;
    }
  }

  async #figures(): Promise<Figures> {
    return { loss: await this.#loss.compute(), metrics: await computeAll(this.#metrics) };
  }

  #stop(): void {
    this.isStopped = true;
  }

  #reset(): void {
    this.#loss.reset();
    for (const metric of Object.values(this.#metrics)) metric.reset();
  }
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

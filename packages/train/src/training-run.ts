import { valueAndGrad } from '@dl/autograd';
import { alias, keep, type Parameter, type Tensor, withoutRecording } from '@dl/tensor';
import { Breather } from './breather.ts';
import type { Callback } from './callbacks/callback.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import type { FitOptions } from './fit.ts';
import { GradientMean } from './gradient-mean.ts';
import type { EpochResult, Figures, FitResult } from './history.ts';
import type { LabelledBatch } from './loader.ts';
import { computeAll, type Metrics } from './metrics/metric.ts';
import { RunningMean } from './metrics/running-mean.ts';

/** The state of one call of {@link fit}. */
export class TrainingRun {
  readonly #options: FitOptions;
  readonly #callbacks: readonly Callback[];
  readonly #metrics: Metrics<number>;
  readonly #parameters: readonly Parameter[];
  readonly #accumulate: number;
  readonly #loss: RunningMean = new RunningMean();
  readonly #gradients: GradientMean = new GradientMean();
  readonly #breather: Breather = new Breather();
  readonly #history: EpochResult[] = [];
  #epoch = 0;
  #step = 0;
  #samples = 0;
  #globalStep = 0;
  #isStopped = false;

  constructor(options: FitOptions) {
    this.#options = options;
    this.#callbacks = options.callbacks ?? [];
    this.#metrics = options.metrics ?? {};
    this.#parameters = options.model.parameters();
    this.#accumulate = options.accumulate ?? 1;
  }

  /** Trains until all epochs are over, or somebody stops. */
  async complete(): Promise<FitResult> {
    const { model, optimizer, train, epochs } = this.#options;
    const parameters = new Map([...model.namedParameters()].filter(([, { trainable }]) => trainable));
    const steps = Math.ceil(train.length / this.#accumulate);
    for (const callback of this.#callbacks) await callback.onFitStart?.({ model, optimizer, parameters, epochs, steps });
    for (let epoch = 1; epoch <= epochs && !this.#isStopped; epoch++) await this.#trainEpoch(epoch);
    const taken = total(this.#history, ({ steps: count }) => count);
    return { history: this.#history, steps: taken, stepsPerSecond: taken / total(this.#history, ({ seconds }) => seconds) };
  }

  /** Frees what the run keeps on the device. */
  dispose(): void {
    this.#reset();
    this.#gradients.reset();
  }

  async #trainEpoch(epoch: number): Promise<void> {
    const { optimizer, schedule, scheduleEvery = 'epoch', epochs } = this.#options;
    const { lr } = optimizer;
    this.#reset();
    this.#epoch = epoch;
    for (const callback of this.#callbacks) await callback.onEpochStart?.({ epoch, epochs });
    const seconds = await this.#takeSteps();
    const train = await this.#figures();
    const validation = await this.#validate();
    if (scheduleEvery === 'epoch') schedule?.step((validation ?? train).loss);
    const [steps, samples] = [this.#step, this.#samples];
    const result: EpochResult = { epoch, lr, steps, samples, seconds, train, validation };
    this.#history.push(result);
    for (const callback of this.#callbacks) await callback.onEpochEnd?.({ ...result, epochs, stop: () => this.#stop() });
  }

  /** The steps of an epoch; returns their seconds. */
  async #takeSteps(): Promise<number> {
    const { train, optimizer, signal } = this.#options;
    const begin = performance.now();
    const elapsed = (): number => (performance.now() - begin) / 1000;
    let batches = 0;
    for await (const batch of train) {
      if (this.#gradients.batches === 0) signal?.throwIfAborted();
      this.#takeIn(batch);
      batches++;
      if (this.#gradients.batches < this.#accumulate && batches < train.length) continue;
      const { lr } = optimizer;
      this.#update();
      await this.#tell(lr, elapsed());
      await this.#breather.rest();
      if (this.#isStopped) break;
    }
    return elapsed();
  }

  /** The loss of a batch and its gradients. */
  #takeIn({ x, y }: LabelledBatch): void {
    const { model, loss, rng } = this.#options;
    let output: Tensor | undefined;
    try {
      const { value, grads } = valueAndGrad(() => {
        const predicted = model.forward(x, { training: true, rng });
        // A handle of its own: the model may have returned a tensor that is not the step's to free.
        output = keep(withoutRecording(() => alias(predicted)));
        return loss(predicted, y);
      }, this.#parameters);
      this.#gradients.add(grads, x.shape[0]);
      this.#loss.add(value, x.shape[0]);
      value.dispose();
      for (const metric of Object.values(this.#metrics)) metric.update(output!, y);
    } finally {
      output?.dispose();
    }
    this.#samples += x.shape[0];
  }

  /** A step of the optimiser. */
  #update(): void {
    const { optimizer, schedule, scheduleEvery } = this.#options;
    this.#step++;
    this.#globalStep++;
    let grads = this.#gradients.take();
    const replace = (others: typeof grads): void => {
      grads = others;
    };
    const [epoch, step, globalStep] = [this.#epoch, this.#step, this.#globalStep];
    for (const callback of this.#callbacks) callback.onGradients?.({ epoch, step, globalStep, grads, replace });
    optimizer.step(grads);
    // No loss is read back for it: a schedule by steps counts them.
    if (scheduleEvery === 'step') schedule?.step(Number.NaN);
  }

  async #tell(lr: number, seconds: number): Promise<void> {
    const [epoch, step, globalStep, samples] = [this.#epoch, this.#step, this.#globalStep, this.#samples];
    const [read, stop] = [() => this.#figures(), () => this.#stop()];
    for (const callback of this.#callbacks) {
      const promise = callback.onStep?.({ epoch, step, globalStep, lr, samples, seconds, read, stop });
      if (promise !== undefined) await promise;
    }
  }

  async #validate(): Promise<Figures | undefined> {
    const { model, validation, loss } = this.#options;
    if (validation === undefined) return undefined;
    for (const callback of this.#callbacks) await callback.onValidationStart?.();
    let evaluated: Evaluation<Metrics<number>>;
    try {
      evaluated = await evaluate(model, validation, { loss, metrics: this.#metrics });
    } finally {
      for (const callback of this.#callbacks) await callback.onValidationEnd?.();
    }
    return { loss: evaluated.loss, metrics: evaluated.metrics };
  }

  async #figures(): Promise<Figures> {
    return { loss: await this.#loss.compute(), metrics: await computeAll(this.#metrics) };
  }

  #stop(): void {
    this.#isStopped = true;
  }

  #reset(): void {
    this.#loss.reset();
    for (const metric of Object.values(this.#metrics)) metric.reset();
    this.#step = 0;
    this.#samples = 0;
  }
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

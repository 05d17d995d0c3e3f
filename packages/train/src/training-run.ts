import { valueAndGrad } from '@dl/autograd';
import { alias, keep, type Parameter, type Tensor, withoutRecording } from '@dl/tensor';
import { Breather } from './breather.ts';
import type { Callback, PauseEvent } from './callbacks/callback.ts';
import { captureComponents, restoreComponents } from './checkpoints/components.ts';
import type { TrainingState } from './checkpoints/training-state.ts';
import { evaluate } from './evaluate.ts';
import { finalGradients } from './final-gradients.ts';
import type { FitOptions } from './fit.ts';
import { GradientMean } from './gradient-mean.ts';
import type { EpochResult, Figures, FitResult } from './history.ts';
import type { LabelledBatch } from './loader.ts';
import { RunningEpoch } from './running-epoch.ts';

/** The state of one call of {@link fit}. */
export class TrainingRun {
  readonly #options: FitOptions;
  readonly #callbacks: readonly Callback[];
  readonly #parameters: readonly Parameter[];
  readonly #accumulate: number;
  readonly #running: RunningEpoch;
  readonly #gradients: GradientMean = new GradientMean();
  readonly #breather: Breather = new Breather();
  readonly #history: EpochResult[] = [];
  #globalStep = 0;
  #isStopped = false;

  constructor(options: FitOptions) {
    this.#options = options;
    this.#callbacks = options.callbacks ?? [];
    this.#parameters = options.model.parameters();
    this.#accumulate = options.accumulate ?? 1;
    this.#running = new RunningEpoch(options.metrics ?? {});
  }

  /** Trains until all epochs are over, or somebody stops. */
  async complete(): Promise<FitResult> {
    const { epochs, optimizer, resume } = this.#options;
    if (resume === undefined) this.#running.begin(1, optimizer.lr);
    else this.#restore(resume);
    await this.#tellStart();
    // Who is stopped within an epoch still ends it: its figures and its validation.
    while (this.#running.epoch <= epochs && (!this.#isStopped || this.#running.step > 0)) await this.#trainEpoch();
    for (const callback of this.#callbacks) await callback.onTrainingEnd?.();
    const steps = total(this.#history, ({ steps: count }) => count);
    return { history: this.#history, steps, stepsPerSecond: steps / total(this.#history, ({ seconds }) => seconds) };
  }

  /** Frees what the run keeps on the device. */
  dispose(): void {
    this.#running.reset();
    this.#gradients.reset();
  }

  async #tellStart(): Promise<void> {
    const { model, optimizer, train, epochs } = this.#options;
    const parameters = new Map([...model.namedParameters()].filter(([, { trainable }]) => trainable));
    const steps = Math.ceil(train.length / this.#accumulate);
    const [{ epoch }, globalStep, state] = [this.#running, this.#globalStep, () => this.#state()];
    for (const callback of this.#callbacks) {
      await callback.onFitStart?.({ model, optimizer, parameters, epochs, steps, epoch, globalStep, state });
    }
  }

  async #trainEpoch(): Promise<void> {
    const { optimizer, schedule, scheduleEvery = 'epoch', epochs } = this.#options;
    const running = this.#running;
    const { epoch, lr } = running;
    for (const callback of this.#callbacks) await callback.onEpochStart?.({ epoch, epochs, step: running.step });
    await this.#heedSignal();
    running.startClock();
    if (!this.#isStopped) await this.#takeSteps();
    const { step: steps, samples, seconds } = running;
    const train = await running.figures();
    const validation = await this.#validate();
    if (scheduleEvery === 'epoch') schedule?.step((validation ?? train).loss);
    const result: EpochResult = { epoch, lr, steps, samples, seconds, train, validation };
    this.#history.push(result);
    for (const callback of this.#callbacks) await callback.onEpochEnd?.({ ...result, epochs, stop: () => this.#stop() });
    running.begin(epoch + 1, optimizer.lr);
    await this.#pause('epoch');
  }

  async #takeSteps(): Promise<void> {
    const { train, optimizer } = this.#options;
    const running = this.#running;
    let batches = running.step * this.#accumulate;
    for await (const batch of train) {
      this.#takeIn(batch);
      batches++;
      if (this.#gradients.batches < this.#accumulate && batches < train.length) continue;
      const { lr } = optimizer;
      this.#update();
      await this.#tellStep(lr);
      await this.#pause('step');
      await this.#heedSignal();
      await this.#breather.rest();
      if (this.#isStopped) break;
    }
  }

  /** The loss of a batch and its gradients. */
  #takeIn({ x, y }: LabelledBatch): void {
    const { model, loss, rng } = this.#options;
    let output: Tensor | undefined;
    try {
      const compute = (): Tensor => {
        const predicted = model.forward(x, { training: true, rng });
        // A handle of its own: the model may have returned a tensor that is not the step's to free.
        output = keep(withoutRecording(() => alias(predicted)));
        return loss(predicted, y);
      };
      const { value, grads } = valueAndGrad(this.#watched(compute), this.#parameters);
      this.#gradients.add(grads, x.shape[0]);
      this.#running.add(value, output!, y, x.shape[0]);
      value.dispose();
    } finally {
      output?.dispose();
    }
  }

  /** A computation that callbacks watch. */
  #watched(compute: () => Tensor): () => Tensor {
    const watchers = this.#callbacks.filter(({ onForward }) => onForward !== undefined);
    return watchers.reduce((inner, watcher) => () => watcher.onForward?.(inner) ?? inner(), compute);
  }

  /** A step of the optimiser. */
  #update(): void {
    const { optimizer, schedule, scheduleEvery } = this.#options;
    this.#running.step++;
    this.#globalStep++;
    const [{ epoch, step }, globalStep] = [this.#running, this.#globalStep];
    optimizer.step(finalGradients(this.#callbacks, { epoch, step, globalStep, grads: this.#gradients.take() }));
    if (scheduleEvery === 'step') schedule?.step(Number.NaN);
  }

  async #tellStep(lr: number): Promise<void> {
    const [{ epoch, step, samples, seconds }, globalStep] = [this.#running, this.#globalStep];
    const [read, stop] = [() => this.#running.figures(), () => this.#stop()];
    for (const callback of this.#callbacks) {
      const promise = callback.onStep?.({ epoch, step, globalStep, lr, samples, seconds, read, stop });
      if (promise !== undefined) await promise;
    }
  }

  async #validate(): Promise<Figures | undefined> {
    const { model, validation, loss, metrics = {} } = this.#options;
    if (validation === undefined) return undefined;
    const begun: Callback[] = [];
    try {
      for (const callback of this.#callbacks) {
        await callback.onValidationStart?.();
        begun.push(callback);
      }
      const { loss: mean, metrics: values } = await evaluate(model, validation, { loss, metrics });
      const figures: Figures = { loss: mean, metrics: values };
      for (const callback of this.#callbacks) await callback.onValidation?.(figures);
      return figures;
    } finally {
      for (const callback of begun) await callback.onValidationEnd?.();
    }
  }

  async #pause(after: PauseEvent['after']): Promise<void> {
    const [{ epoch }, globalStep] = [this.#running, this.#globalStep];
    for (const callback of this.#callbacks) {
      const promise = callback.onPause?.({ after, epoch, globalStep });
      if (promise !== undefined) await promise;
    }
  }

  /** Ends the training where the signal says so. */
  async #heedSignal(): Promise<void> {
    const { signal } = this.#options;
    if (!signal?.aborted) return;
    await this.#pause('abort');
    signal.throwIfAborted();
  }

  async #state(): Promise<TrainingState> {
    const [globalStep, stopped, history] = [this.#globalStep, this.#isStopped, [...this.#history]];
    return { ...(await this.#running.state()), globalStep, stopped, history, ...(await captureComponents(this.#options)) };
  }

  #restore(state: TrainingState): void {
    restoreComponents(this.#options, state);
    this.#running.restore(state);
    this.#history.push(...state.history);
    this.#globalStep = state.globalStep;
    this.#isStopped = state.stopped;
  }

  #stop(): void {
    this.#isStopped = true;
  }
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

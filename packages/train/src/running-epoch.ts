import { ArgumentError } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import type { FiguresState, TrainingState } from './checkpoints/training-state.ts';
import type { Figures } from './history.ts';
import { computeAll, type Metric, type MetricState, type Metrics } from './metrics/metric.ts';
import { RunningMean } from './metrics/running-mean.ts';

/** The part of a {@link TrainingState} that is about the epoch in progress. */
export type EpochState = Pick<TrainingState, 'epoch' | 'step' | 'samples' | 'seconds' | 'lr' | 'figures'>;

/** The epoch that {@link fit} is in: how far it is, and its sums. */
export class RunningEpoch {
  readonly #metrics: Metrics<number>;
  readonly #loss: RunningMean = new RunningMean();
  #secondsBefore = 0;
  #since = 0;
  epoch = 1;
  step = 0;
  samples = 0;
  /** The learning rate that it began with. */
  lr = 0;

  constructor(metrics: Metrics<number>) {
    this.#metrics = metrics;
  }

  /** Seconds of training, those before a resumption included. */
  get seconds(): number {
    return this.#secondsBefore + (performance.now() - this.#since) / 1000;
  }

  /** Begins an epoch. */
  begin(epoch: number, lr: number): void {
    this.reset();
    this.epoch = epoch;
    this.lr = lr;
    this.#secondsBefore = 0;
    this.startClock();
  }

  /** Lets the seconds count from now on. */
  startClock(): void {
    this.#since = performance.now();
  }

  /** Takes in a batch. */
  add(loss: Tensor, output: Tensor, target: Tensor, samples: number): void {
    this.#loss.add(loss, samples);
    for (const metric of Object.values(this.#metrics)) metric.update(output, target);
    this.samples += samples;
  }

  /** The means so far. */
  async figures(): Promise<Figures> {
    return { loss: await this.#loss.compute(), metrics: await computeAll(this.#metrics) };
  }

  /** Frees the sums, and forgets the steps. */
  reset(): void {
    this.#loss.reset();
    for (const metric of Object.values(this.#metrics)) metric.reset();
    this.step = 0;
    this.samples = 0;
  }

  /** @throws {@link ArgumentError} for a metric that cannot say what it has gathered */
  async state(): Promise<EpochState> {
    const { epoch, step, samples, lr } = this;
    if (step === 0) return { epoch, step, samples, seconds: 0, lr, figures: undefined };
    return { epoch, step, samples, seconds: this.seconds, lr, figures: await this.#sums() };
  }

  /** @throws {@link ArgumentError} for other metrics than those of the state */
  restore({ epoch, step, samples, seconds, lr, figures }: EpochState): void {
    this.begin(epoch, lr);
    this.step = step;
    this.samples = samples;
    this.#secondsBefore = seconds;
    if (figures === undefined) return;
    this.#loss.restore(figures.loss);
    for (const [name, metric] of Object.entries(this.#metrics)) restoreMetric(name, metric, figures.metrics[name]);
  }

  async #sums(): Promise<FiguresState> {
    const metrics = Object.entries(this.#metrics).map(async ([name, metric]) => [name, await stateOf(name, metric)] as const);
    return { loss: await this.#loss.state(), metrics: Object.fromEntries(await Promise.all(metrics)) };
  }
}

async function stateOf(name: string, metric: Metric): Promise<MetricState> {
  if (metric.state !== undefined && metric.restore !== undefined) return metric.state();
  throw new ArgumentError('fit', `a metric must have state and restore to be kept within an epoch, got ${name} without`);
}

function restoreMetric(name: string, metric: Metric, state: MetricState | undefined): void {
  if (metric.restore === undefined || state === undefined) {
    throw new ArgumentError('fit', `resume must be the state of a run with the same metrics, got none for ${name}`);
  }
  metric.restore(state);
}

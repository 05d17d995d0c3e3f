import { ArgumentError, type BackendInfo } from '@dl/kernels';
import type { Layer } from '@dl/layers';
import { SGD } from '@dl/optim';
import { alias, keep, type Parameter, Rng } from '@dl/tensor';
import type { Callback, StepEvent } from './callbacks/callback.ts';
import { formatCount, formatSeconds } from './callbacks/format-figures.ts';
import type { Loss } from './evaluate.ts';
import { fit } from './fit.ts';
import type { Loader } from './loader.ts';
import type { Stepper } from './stepper.ts';

/** What {@link throughput} is told. */
export interface ThroughputOptions {
  readonly model: Layer;
  readonly loss: Loss;
  /** A loader of its own: a loop more changes what a shuffling one gives next. */
  readonly train: Loader;
  /** What takes the steps. Default: SGD with momentum. */
  readonly optimizer?: ((parameters: Parameter[]) => Stepper) | undefined;
  /** Steps before the clock starts, in which kernels are compiled and memory is found. Default 3. */
  readonly warmUp?: number | undefined;
  /** Steps that are measured. Default 20. */
  readonly steps?: number | undefined;
  /** Samples of an epoch. Default: those of `train`, as far as its batches are like those that were measured. */
  readonly samples?: number | undefined;
  /** Epochs of a training. Default 1. */
  readonly epochs?: number | undefined;
}

/** How fast a model trains. */
export interface Throughput {
  /** What it was measured on. */
  readonly backend: BackendInfo;
  readonly samplesPerSecond: number;
  /** Of the slowest and the fastest of five parts of the steps: how far to trust the mean. */
  readonly slowest: number;
  readonly fastest: number;
  /** That were measured. */
  readonly steps: number;
  readonly samplesPerStep: number;
  /** Samples of an epoch. */
  readonly samples: number;
  readonly secondsPerEpoch: number;
  readonly epochs: number;
  /** Of all epochs: an estimate, of training alone, if the machine stays as fast as it was. */
  readonly hours: number;
}

/**
 * Measures how many samples a second a model learns from, on the backend its parameters are on: whole steps of {@link fit}, the loader included, after
 * some to warm up, waited for at the end of each of five parts. From that it estimates the time of a training. Evaluations and checkpoints
 * come on top. The model is afterwards as it was.
 *
 * @throws {@link ArgumentError} unless `warmUp`, `steps`, `samples` and `epochs` are integers in their ranges and there are batches
 * @example
 * const x = { shape: [64, 8], dtype: 'float32', data: new Float32Array(512) } as const;
 * const y = { shape: [64], dtype: 'int32', data: new Int32Array(64) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y }), { batchSize: 32 });
 * const model = new Linear(8, 3);
 * const measured = await throughput({ model, loss: crossEntropy, train, steps: 10, samples: 1_200_000, epochs: 90 });
 * measured.samplesPerSecond > 0 // true
 * measured.hours === (90 * measured.secondsPerEpoch) / 3600 // true
 */
export async function throughput(options: ThroughputOptions): Promise<Throughput> {
  const { model, loss, train, optimizer = sgd, warmUp = 3, steps = 20, epochs = 1 } = options;
  checkCounts({ steps, epochs, samples: options.samples ?? 1, 'batches of train': train.length });
  if (!Number.isInteger(warmUp) || warmUp < 0)
    throw new ArgumentError('throughput', `warmUp must be a non-negative integer, got ${warmUp}`);
  const parameters = model.parameters();
  const watch = new Stopwatch(warmUp, steps, () => parameters[0].backend.sync());
  const restore = snapshot(model);
  try {
    const rounds = Math.ceil((warmUp + steps) / train.length);
    // A generator of its own: the draws of a training to come stay the same.
    const rng = new Rng(0);
    await fit({ model, loss, optimizer: optimizer(parameters), train, epochs: rounds, callbacks: [watch], rng });
  } finally {
    restore();
  }
  const { parts } = watch;
  const [taken, seconds] = [total(parts.map((part) => part.samples)), total(parts.map((part) => part.seconds))];
  const speeds = parts.map((part) => part.samples / part.seconds);
  const samples = options.samples ?? Math.round((taken / steps) * train.length);
  const secondsPerEpoch = (samples * seconds) / taken;
  return {
    backend: parameters[0].backend.info(),
    samplesPerSecond: taken / seconds,
    slowest: Math.min(...speeds),
    fastest: Math.max(...speeds),
    steps,
    samplesPerStep: taken / steps,
    samples,
    secondsPerEpoch,
    epochs,
    hours: (epochs * secondsPerEpoch) / 3600,
  };
}

/**
 * A {@link Throughput} in two lines, for people.
 *
 * @param unit - what the samples are called
 * @example
 * const backend = { name: 'wasm', mode: 'wasm-simd', threads: 2, refused: [] };
 * const measured = { samplesPerSecond: 40, slowest: 38, fastest: 41.5, steps: 20, samplesPerStep: 32 };
 * const text = throughputText({ backend, ...measured, samples: 1_200_000, secondsPerEpoch: 30_000, epochs: 90, hours: 750 }, 'images');
 * text.split('\n')[0] // '40 images/s (38 to 42) in 20 steps of 32, on wasm: wasm-simd, 2 threads'
 * text.split('\n')[1] // '1,200,000 images: 8:20:00 an epoch; 90 epochs: 750.0 hours of training, without evaluations'
 */
export function throughputText(measured: Throughput, unit = 'samples'): string {
  const { backend, samplesPerSecond, slowest, fastest, steps, samplesPerStep, samples, secondsPerEpoch, epochs, hours } =
    measured;
  const { name, mode, threads, adapter } = backend;
  const device = [mode, counted(threads, 'thread'), ...(adapter === undefined ? [] : [adapter])].join(', ');
  const time = hours < 1 ? formatSeconds(3600 * hours) : `${hours.toFixed(1)} hours`;
  const speed = `${formatCount(samplesPerSecond)} ${unit}/s (${formatCount(slowest)} to ${formatCount(fastest)})`;
  return [
    `${speed} in ${steps} steps of ${formatCount(samplesPerStep)}, on ${name}: ${device}`,
    `${formatCount(samples)} ${unit}: ${formatSeconds(secondsPerEpoch)} an epoch; ${counted(epochs, 'epoch')}: ${time} of training, without evaluations`,
  ].join('\n');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

interface Part {
  readonly samples: number;
  readonly seconds: number;
}

/** Takes the time of the parts of a training. */
class Stopwatch implements Callback {
  readonly parts: Part[] = [];
  readonly #warmUp: number;
  readonly #steps: number;
  readonly #sync: () => Promise<void>;
  readonly #ends: ReadonlySet<number>;
  #begin = 0;
  /** Samples since then. */
  #samples = 0;
  /** Samples of the epoch, a step ago. */
  #before = 0;

  constructor(warmUp: number, steps: number, sync: () => Promise<void>) {
    this.#warmUp = warmUp;
    this.#steps = steps;
    this.#sync = sync;
    const count = Math.min(5, steps);
    this.#ends = new Set(Array.from({ length: count }, (_, i) => warmUp + Math.round(((i + 1) * steps) / count)));
  }

  onFitStart(): void {
    this.#start();
  }

  onEpochStart(): void {
    this.#before = 0;
  }

  async onStep({ globalStep, samples, stop }: StepEvent): Promise<void> {
    this.#samples += samples - this.#before;
    this.#before = samples;
    if (globalStep === this.#warmUp) {
      await this.#sync();
      this.#start();
    } else if (this.#ends.has(globalStep)) {
      await this.#sync();
      this.parts.push({ samples: this.#samples, seconds: (performance.now() - this.#begin) / 1000 });
      this.#start();
    }
    if (globalStep === this.#warmUp + this.#steps) stop();
  }

  #start(): void {
    this.#samples = 0;
    this.#begin = performance.now();
  }
}

/** Keeps all that a model owns, and returns what gives it back. */
function snapshot(model: Layer): () => void {
  const kept = [...model.namedParameters().values()].map((parameter) => [parameter, keep(alias(parameter))] as const);
  return () => {
    for (const [parameter, value] of kept) {
      parameter.assign(value);
      value.dispose();
    }
  };
}

function sgd(parameters: Parameter[]): Stepper {
  return new SGD(parameters, { lr: 1e-4, momentum: 0.9 });
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function checkCounts(counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1)
      throw new ArgumentError('throughput', `${name} must be a positive integer, got ${value}`);
  }
}

import { ArgumentError, type HostTensor } from '@dl/kernels';
import type { Figures } from '../history.ts';
import { bucketHistogram } from '../tensorboard/bucket-histogram.ts';
import type { SummaryValue, TensorBoardEvent } from '../tensorboard/event.ts';
import { EventWriter } from '../tensorboard/event-writer.ts';
import type { Callback, EpochEvent, FitStart, GradientsEvent, StepEvent } from './callback.ts';
import { type KeptGradients, ParameterValues } from './parameter-values.ts';
import { StepLoss, type StepLossState } from './step-loss.ts';

/** Options of {@link tensorBoard}. */
export interface TensorBoardOptions {
  /** Steps from one training loss to the next; each reads it back from the device. Default 20. */
  readonly everySteps?: number | undefined;
  /** Epochs from one set of histograms to the next. Each takes about a second for ten million parameters. Default: none. */
  readonly histograms?: number | undefined;
}

/**
 * Writes what TensorBoard shows to a folder: start it with `tensorboard --logdir` of that folder or the one above. In Node only.
 *
 * | tag | after |
 * |---|---|
 * | `loss/step`, the mean of the steps since the last; `lr/step` | every `everySteps` steps |
 * | `loss/train`, `loss/validation`, `accuracy/train` and so on for all metrics | each epoch |
 * | `epoch`, `lr/epoch`, `throughput/samplesPerSecond` | each epoch |
 * | `weights/conv1.weight`, `gradients/conv1.weight`: the gradients of the last step | every `histograms` epochs |
 *
 * The step of all is that of the optimiser, over all epochs. A run that resumes writes a new file and has no step twice: what older files in the folder
 * say of steps that it repeats is removed, and a TensorBoard that has read it already is told to forget it (a session start, what
 * `purge_step` writes in PyTorch). A run that begins anew takes the place of the one before. Files of other writers stay as they are.
 *
 * @throws {@link ArgumentError} unless the options are positive integers
 * @example
 * const { mkdtemp, readdir } = await import('node:fs/promises');
 * const { tmpdir } = await import('node:os');
 * const directory = await mkdtemp(`${tmpdir()}/dl-board-`);
 * const x = { shape: [2, 1], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y: x }), { batchSize: 2 });
 * const model = new Linear(1, 1);
 * const optimizer = new SGD(model.parameters(), { lr: 0.1 });
 * await fit({ model, loss: mseLoss, optimizer, train, epochs: 3, callbacks: [tensorBoard(directory, { histograms: 1 })] });
 * (await readdir(directory))[0].startsWith('events.out.tfevents.') // true
 * @see {@link EventWriter}, for images, texts and figures of your own
 */
export function tensorBoard(directory: string, { everySteps = 20, histograms }: TensorBoardOptions = {}): Callback {
  for (const [name, value] of Object.entries({ everySteps, histograms: histograms ?? 1 })) {
    if (!Number.isInteger(value) || value < 1)
      throw new ArgumentError('tensorBoard', `${name} must be a positive integer, got ${value}`);
  }
  return new TensorBoard(directory, everySteps, histograms);
}

interface TensorBoardState {
  readonly loss: StepLossState;
  readonly gradients: KeptGradients<HostTensor>;
}

class TensorBoard implements Callback {
  readonly name = 'tensorBoard';
  readonly #directory: string;
  readonly #everySteps: number;
  readonly #histograms: number | undefined;
  readonly #values: ParameterValues = new ParameterValues();
  readonly #loss: StepLoss = new StepLoss();
  #writer: EventWriter | undefined;
  #steps = 0;
  #globalStep = 0;

  constructor(directory: string, everySteps: number, histograms: number | undefined) {
    this.#directory = directory;
    this.#everySteps = everySteps;
    this.#histograms = histograms;
  }

  stateDict(): unknown {
    return { loss: this.#loss.state, gradients: this.#values.state() };
  }

  loadStateDict(state: unknown): void {
    const { loss, gradients } = state as TensorBoardState;
    this.#loss.state = loss;
    this.#values.restore(gradients);
  }

  async onFitStart(start: FitStart): Promise<void> {
    this.#steps = start.steps;
    this.#globalStep = start.globalStep;
    this.#values.start(start);
    // An epoch whose last step is over, but not its validation, is told of again.
    const keep = ({ values }: TensorBoardEvent): boolean =>
      values.every((value) => value.kind !== 'scalar' || value.tag !== 'epoch' || value.value < start.epoch);
    this.#writer = await EventWriter.open(this.#directory, { afterStep: start.globalStep, keep });
  }

  onGradients(event: GradientsEvent): void {
    if (event.step === this.#steps && this.#looksAt(event.epoch)) this.#values.keepGradients(event);
  }

  async onStep(event: StepEvent): Promise<void> {
    this.#globalStep = event.globalStep;
    if (event.globalStep % this.#everySteps !== 0) return;
    const { loss } = await event.read();
    await this.#write([scalar('loss/step', this.#loss.next(event, loss)), scalar('lr/step', event.lr)]);
  }

  async onEpochEnd({ epoch, lr, samples, seconds, train, validation }: EpochEvent): Promise<void> {
    const values = [...figures(train, 'train'), ...(validation ? figures(validation, 'validation') : [])];
    values.push(scalar('epoch', epoch), scalar('lr/epoch', lr), scalar('throughput/samplesPerSecond', samples / seconds));
    if (this.#looksAt(epoch)) {
      for await (const [name, weights] of this.#values.weights()) values.push(histogram(`weights/${name}`, weights));
      for await (const [name, grads] of this.#values.gradients()) values.push(histogram(`gradients/${name}`, grads));
    }
    await this.#write(values);
  }

  onFitEnd(): void {
    this.#values.dispose();
  }

  #looksAt(epoch: number): boolean {
    return this.#histograms !== undefined && epoch % this.#histograms === 0;
  }

  async #write(values: readonly SummaryValue[]): Promise<void> {
    this.#writer?.append(this.#globalStep, values);
    await this.#writer?.flush();
  }
}

function figures({ loss, metrics }: Figures, of: string): SummaryValue[] {
  return Object.entries({ loss, ...metrics }).map(([name, value]) => scalar(`${name}/${of}`, value));
}

function scalar(tag: string, value: number): SummaryValue {
  return { kind: 'scalar', tag, value };
}

function histogram(tag: string, values: ArrayLike<number>): SummaryValue {
  return { kind: 'histogram', tag, histogram: bucketHistogram(values) };
}

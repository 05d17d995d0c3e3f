import { ArgumentError } from '@dl/kernels';
import type { Callback, EpochEvent, FitStart, StepEvent } from './callback.ts';
import { LineFile } from './line-file.ts';

/** Options of {@link jsonLog}. */
export interface JsonLogOptions {
  /** Also a line with the running figures after every so many steps. Each reads them back from the device. Default: none. */
  readonly everySteps?: number | undefined;
}

/**
 * Keeps what a training says as JSON, an object a line: `{ "kind": "epoch", "epoch", "lr", "steps", "samples", "seconds", "train", "validation" }`
 * for each epoch and, where asked for, `{ "kind": "step", "epoch", "step", "globalStep", "lr", "samples", "seconds", "loss", "metrics" }` with the
 * figures of the epoch so far. NaN and infinities are `null`, as JSON has no word for them. In Node only.
 *
 * Each line is written at once. A run that resumes goes on behind the lines that it does not repeat; one that begins anew begins a new file.
 *
 * @param path - of the file, whose folder is made where there is none
 * @throws {@link ArgumentError} unless `everySteps` is a positive integer
 * @example
 * const { mkdtemp, readFile } = await import('node:fs/promises');
 * const { tmpdir } = await import('node:os');
 * const path = `${await mkdtemp(`${tmpdir()}/dl-json-`)}/metrics.jsonl`;
 * const x = { shape: [2, 1], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y: x }), { batchSize: 2 });
 * const model = new Linear(1, 1);
 * const optimizer = new SGD(model.parameters(), { lr: 0.1 });
 * await fit({ model, loss: mseLoss, optimizer, train, epochs: 3, callbacks: [jsonLog(path)] });
 * const lines = (await readFile(path, 'utf8')).trim().split('\n');
 * lines.map((line) => JSON.parse(line).epoch) // [1, 2, 3]
 */
export function jsonLog(path: string, { everySteps }: JsonLogOptions = {}): Callback {
  if (everySteps !== undefined && !(Number.isInteger(everySteps) && everySteps > 0))
    throw new ArgumentError('jsonLog', `everySteps must be a positive integer, got ${everySteps}`);
  return new JsonLog(path, everySteps ?? Number.POSITIVE_INFINITY);
}

class JsonLog implements Callback {
  readonly #file: LineFile;
  readonly #everySteps: number;

  constructor(path: string, everySteps: number) {
    this.#file = new LineFile('jsonLog', path);
    this.#everySteps = everySteps;
  }

  async onFitStart({ epoch, globalStep }: FitStart): Promise<void> {
    await this.#file.begin((lines) => lines.filter((line) => isBefore(line, epoch, globalStep)));
  }

  async onStep({ epoch, step, globalStep, lr, samples, seconds, read }: StepEvent): Promise<void> {
    if (globalStep % this.#everySteps !== 0) return;
    await this.#write({ kind: 'step', epoch, step, globalStep, lr, samples, seconds, ...(await read()) });
  }

  async onEpochEnd({ epoch, lr, steps, samples, seconds, train, validation }: EpochEvent): Promise<void> {
    await this.#write({ kind: 'epoch', epoch, lr, steps, samples, seconds, train, validation });
  }

  #write(line: object): Promise<void> {
    return this.#file.append(JSON.stringify(line));
  }
}

/** Whether a line tells of what a run that resumes has behind it. What is no JSON tells of nothing. */
function isBefore(line: string, epoch: number, globalStep: number): boolean {
  try {
    const told = JSON.parse(line) as { readonly kind: string; readonly epoch: number; readonly globalStep: number };
    return told.kind === 'step' ? told.globalStep <= globalStep : told.epoch < epoch;
  } catch {
    return false;
  }
}

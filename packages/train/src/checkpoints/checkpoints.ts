import { replaceFile } from '@dl/io';
import { ArgumentError } from '@dl/kernels';
import type { Callback, FitStart, PauseEvent } from '../callbacks/callback.ts';
import { type NodeModules, nodeModules } from '../node-modules.ts';
import { checkpointName, isLeftover, stepOf } from './checkpoint-name.ts';
import { encodeCheckpoint } from './encode-checkpoint.ts';
import { checkpointNames, latestCheckpoint } from './latest-checkpoint.ts';

/** Options of {@link checkpoints}. */
export interface CheckpointsOptions {
  /** Made where it is not there. */
  readonly directory: string;
  /** Keep one after so many steps. */
  readonly everySteps?: number | undefined;
  /** Keep one after so many epochs. Default 1 where no other interval is given. */
  readonly everyEpochs?: number | undefined;
  /** Keep one after the first step so many seconds after the last one. */
  readonly everySeconds?: number | undefined;
  /** How many of them stay: the newest. Default 3. */
  readonly keep?: number | undefined;
}

/**
 * Keeps the state of a run in files, `step-000001234.safetensors` after that many steps, from which `resume` of {@link fit} goes on; also when a signal ends
 * the training. Each file appears whole or not at all, whenever the process or the machine dies. In Node only.
 *
 * A run that begins anew wants a directory without checkpoints: those of another run would be taken for its own.
 *
 * @throws {@link ArgumentError} for an interval that is not positive, and for `keep` unless a positive integer
 * @example
 * const { mkdtemp } = await import('node:fs/promises');
 * const directory = await mkdtemp((await import('node:os')).tmpdir() + '/dl-run-');
 * const x = { shape: [4, 1], dtype: 'float32', data: new Float32Array([0, 1, 2, 3]) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y: x }), { batchSize: 2 });
 * const make = () => {
 *   const model = new Linear(1, 1);
 *   return { model, optimizer: new SGD(model.parameters(), { lr: 0.1 }), loss: mseLoss, train };
 * };
 * await fit({ ...make(), epochs: 2, callbacks: [checkpoints({ directory })] });
 * const { state } = await latestCheckpoint(directory);
 * (await fit({ ...make(), epochs: 5, resume: state })).history.length // 5
 */
export function checkpoints({ directory, everySteps, everySeconds, keep = 3, ...options }: CheckpointsOptions): Callback {
  const given = everySteps ?? everySeconds;
  const { everyEpochs = given === undefined ? 1 : undefined } = options;
  for (const [name, value] of Object.entries({ everySteps, everyEpochs, everySeconds, keep })) {
    const isSound = value === undefined || (value > 0 && (name === 'everySeconds' || Number.isInteger(value)));
    if (!isSound) throw new ArgumentError('checkpoints', `${name} must be a positive integer, got ${value}`);
  }
  return new Checkpoints({ directory, everySteps, everyEpochs, everySeconds, keep });
}

class Checkpoints implements Callback {
  readonly #options: CheckpointsOptions & { readonly keep: number };
  #state: FitStart['state'] | undefined;
  #lastSave = 0;
  #isTried = false;

  constructor(options: CheckpointsOptions & { readonly keep: number }) {
    this.#options = options;
  }

  async onFitStart({ globalStep, state }: FitStart): Promise<void> {
    const { directory } = this.#options;
    const { fs, path } = this.#node;
    this.#state = state;
    this.#lastSave = performance.now();
    this.#isTried = false;
    await fs.mkdir(directory, { recursive: true });
    for (const name of (await fs.readdir(directory)).filter(isLeftover)) await fs.rm(path.join(directory, name), { force: true });
    const { path: other } = globalStep === 0 ? await latestCheckpoint(directory) : {};
    if (other !== undefined)
      throw new ArgumentError('checkpoints', `the directory of a new run must be without checkpoints, got ${other}`);
  }

  async onPause(event: PauseEvent): Promise<void> {
    if (this.#isDue(event)) await this.#save(event.globalStep);
    // What cannot be kept is found out at the first step, not at the end of an epoch.
    else if (!this.#isTried) await this.#state?.();
    this.#isTried = true;
  }

  get #node(): NodeModules {
    return nodeModules('checkpoints');
  }

  #isDue({ after, epoch, globalStep }: PauseEvent): boolean {
    const { everySteps, everyEpochs, everySeconds = Number.POSITIVE_INFINITY } = this.#options;
    if (after === 'abort') return globalStep > 0;
    if (performance.now() - this.#lastSave >= 1000 * everySeconds) return true;
    // After an epoch, the next one is in progress.
    return after === 'epoch' ? isMultiple(epoch - 1, everyEpochs) : isMultiple(globalStep, everySteps);
  }

  async #save(globalStep: number): Promise<void> {
    if (this.#state === undefined) return;
    const { directory, keep } = this.#options;
    const { fs, path } = this.#node;
    const bytes = await encodeCheckpoint(await this.#state());
    await replaceFile(path.join(directory, checkpointName(globalStep)), bytes, 'checkpoints');
    this.#lastSave = performance.now();
    // What is of later steps is of a run that was abandoned: it does not push out this one's.
    const own = (await checkpointNames(directory)).filter((name) => (stepOf(name) ?? 0) <= globalStep);
    for (const name of own.slice(0, -keep)) await fs.rm(path.join(directory, name), { force: true });
  }
}

function isMultiple(count: number, every: number | undefined): boolean {
  return every !== undefined && count % every === 0;
}

import { replaceFile } from '@dl/io';
import { ArgumentError, FormatError } from '@dl/kernels';
import { nodeModules } from '../node-modules.ts';
import { decodeEvent } from './decode-event.ts';
import { encodeEvents } from './encode-events.ts';
import type { SummaryValue, TensorBoardEvent } from './event.ts';
import { decodeRecords, joinBytes } from './records.ts';

/** Options of {@link EventWriter.open}. */
export interface EventWriterOptions {
  /**
   * The last step that is over: what earlier files of this writer in the folder say of later ones is removed, and a TensorBoard that has read
   * it is told to forget it. So a run that resumes has no step twice, and one that begins anew (0) takes the place of the one before.
   * Files of other writers stay as they are. Default: no file is touched.
   */
  readonly afterStep?: number | undefined;
  /** With `afterStep`, which events of steps that are over stay. Default: all. */
  readonly keep?: ((event: TensorBoardEvent) => boolean) | undefined;
}

const op = 'EventWriter';

/**
 * Writes an event file for TensorBoard, `events.out.tfevents.<seconds>.<host>.<process>.<number>.dl`. In Node only.
 *
 * Every flush is one write of whole records at the end of the file.
 *
 * @example
 * const { mkdtemp, readFile } = await import('node:fs/promises');
 * const { tmpdir } = await import('node:os');
 * const writer = await EventWriter.open(await mkdtemp(`${tmpdir()}/dl-events-`));
 * writer.append(1, [{ kind: 'scalar', tag: 'loss/train', value: 0.5 }]);
 * await writer.flush();
 * readEvents(await readFile(writer.path)).length // 2
 * @see https://github.com/tensorflow/tensorboard
 */
export class EventWriter {
  /** Of the file. */
  readonly path: string;
  #waiting: TensorBoardEvent[] = [];
  #written: Promise<void> = Promise.resolve();

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Begins a file in a folder, which is made where there is none.
   *
   * @throws {@link ArgumentError} unless `afterStep` is a non-negative integer
   */
  static async open(directory: string, { afterStep, keep = () => true }: EventWriterOptions = {}): Promise<EventWriter> {
    if (afterStep !== undefined) checkStep('afterStep', afterStep);
    await nodeModules(op).fs.mkdir(directory, { recursive: true });
    if (afterStep !== undefined) await forget(directory, (event) => event.step <= afterStep && keep(event));
    const events: TensorBoardEvent[] = [{ wallTime: now(), step: 0, fileVersion: 'brain.Event:2', values: [] }];
    if (afterStep !== undefined) events.push({ wallTime: now(), step: afterStep + 1, sessionStart: true, values: [] });
    return new EventWriter(await createFile(directory, encodeEvents(events)));
  }

  /**
   * Keeps values for the next {@link EventWriter.flush}.
   *
   * @throws {@link ArgumentError} unless `step` is a non-negative integer
   */
  append(step: number, values: readonly SummaryValue[]): void {
    checkStep('step', step);
    this.#waiting.push({ wallTime: now(), step, values });
  }

  /** Writes what waits to the end of the file. */
  flush(): Promise<void> {
    const bytes = encodeEvents(this.#waiting);
    this.#waiting = [];
    this.#written = this.#written.then(() => nodeModules(op).fs.appendFile(this.path, bytes));
    return this.#written;
  }
}

function checkStep(name: string, step: number): void {
  if (!Number.isSafeInteger(step) || step < 0) throw new ArgumentError(op, `${name} must be a non-negative integer, got ${step}`);
}

/** Seconds since 1970. */
function now(): number {
  return Date.now() / 1000;
}

async function createFile(directory: string, bytes: Uint8Array): Promise<string> {
  const { fs, path } = nodeModules(op);
  const { hostname } = process.getBuiltinModule('node:os');
  // TensorBoard reads files in the order of their names.
  const stem = `events.out.tfevents.${Math.floor(now())}.${hostname()}.${process.pid}`;
  for (let number = 0; ; number++) {
    const file = path.join(directory, `${stem}.${number}.dl`);
    try {
      await fs.writeFile(file, bytes, { flag: 'wx' });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Keeps some events of this writer's files, without the record that a crash has cut off; files that say nothing then go. */
async function forget(directory: string, keep: (event: TensorBoardEvent) => boolean): Promise<void> {
  const { fs, path } = nodeModules(op);
  const names = (await fs.readdir(directory)).filter((name) => /^events\.out\.tfevents\..*\.dl$/.test(name));
  for (const name of names) {
    const file = path.join(directory, name);
    const bytes = await fs.readFile(file);
    const { kept, values } = select(bytes, keep);
    if (values === 0) await fs.rm(file);
    else if (kept.length < bytes.length) await replaceFile(file, kept, op);
  }
}

/** The whole records that stay, and how many values they have. */
function select(
  bytes: Uint8Array,
  keep: (event: TensorBoardEvent) => boolean,
): { readonly kept: Uint8Array; readonly values: number } {
  const kept: Uint8Array[] = [];
  let [begin, values] = [0, 0];
  try {
    for (const { data, end } of decodeRecords(op, bytes)) {
      const event = decodeEvent(op, data);
      if (keep(event)) {
        kept.push(bytes.subarray(begin, end));
        values += event.values.length;
      }
      begin = end;
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  return { kept: joinBytes(kept), values };
}

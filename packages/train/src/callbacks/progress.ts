import type { SingleBar } from 'cli-progress';
import type { Callback, EpochEvent, FitStart, StepEvent } from './callback.ts';
import { formatCount, formatFigures, formatSeconds } from './format-figures.ts';

/** Where lines are written: a stream of Node's, or anything with a `write`. */
export interface TextSink {
  write(text: string): unknown;
  /** Whether it is a terminal, where a line can be written over. */
  readonly isTTY?: boolean | undefined;
}

/** Options of {@link progress}. */
export interface ProgressOptions {
  /** Default: `process.stderr`. */
  readonly stream?: TextSink | undefined;
  /** What the samples are called. Default `'samples'`. */
  readonly unit?: string | undefined;
  /** What the data that {@link fit} evaluates on is called. Default `'validation'`. */
  readonly heldOut?: string | undefined;
}

/** Milliseconds between two looks at the running figures. */
const interval = 100;

/** Columns that a line takes besides the bar. */
const textWidth = 72;

/**
 * Shows how {@link fit} gets on: in a terminal a bar with rate, remaining time and running figures, anywhere else nothing but one line
 * for each epoch that is over. A run that resumes says so, and goes on with the epoch it is in. The remaining time counts the evaluations to come,
 * as soon as one has been seen. In Node only.
 *
 * @example
 * const lines: string[] = [];
 * const callback = progress({ stream: { write: (text) => lines.push(text) }, unit: 'images' });
 */
export function progress({ stream = process.stderr, unit = 'samples', heldOut = 'validation' }: ProgressOptions = {}): Callback {
  return new Progress(stream, unit, heldOut);
}

class Progress implements Callback {
  readonly #stream: TextSink;
  readonly #unit: string;
  readonly #heldOut: string;
  #start: Pick<FitStart, 'epochs' | 'steps'> = { epochs: 0, steps: 0 };
  #makeBar: (() => SingleBar) | undefined;
  #bar: SingleBar | undefined;
  #lastLook = 0;
  #evaluationBegin = 0;
  /** Seconds of the last evaluation. */
  #evaluation = 0;

  constructor(stream: TextSink, unit: string, heldOut: string) {
    this.#stream = stream;
    this.#unit = unit;
    this.#heldOut = heldOut;
  }

  async onFitStart(start: FitStart): Promise<void> {
    this.#start = start;
    const stream = this.#stream;
    const { epoch, epochs, globalStep } = start;
    // A run that had all its epochs has none to go on with.
    if (globalStep > 0)
      stream.write(`${labelOf(Math.min(epoch, epochs), epochs)} | resumed after ${formatCount(globalStep)} steps\n`);
    if (!isTerminal(stream)) return;
    // Loaded where it is used: it asks Node for a terminal, which a bundle for browsers cannot give.
    const { default: cliProgress } = await import('cli-progress');
    const format = `{label} {bar} {percentage}%  {rate} ${this.#unit}/s  ETA {left}  {figures}`;
    const barsize = Math.min(30, Math.max(8, (stream.columns ?? 80) - textWidth));
    // Ctrl-C must end the program, so the library gets no signal to catch and no cursor to hide.
    const options = {
      stream,
      format,
      barsize,
      clearOnComplete: true,
      linewrap: true,
      hideCursor: false,
      gracefulExit: false,
    };
    this.#makeBar = () => new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
  }

  async onStep(event: StepEvent): Promise<void> {
    if (this.#makeBar === undefined) return;
    const now = performance.now();
    if (this.#bar !== undefined && now - this.#lastLook < interval) return;
    this.#lastLook = now;
    const payload = await this.#payload(event);
    if (this.#bar === undefined) {
      this.#bar = this.#makeBar();
      this.#bar.start(this.#start.steps, event.step, payload);
    } else this.#bar.update(event.step, payload);
  }

  onValidationStart(): void {
    this.#evaluationBegin = performance.now();
    this.#bar?.update(this.#start.steps, { figures: `evaluating on ${this.#heldOut} data` });
  }

  onValidationEnd(): void {
    this.#evaluation = (performance.now() - this.#evaluationBegin) / 1000;
  }

  onEpochEnd({ epoch, epochs, seconds, samples, train, validation }: EpochEvent): void {
    this.#clear();
    const rate = `${formatCount(samples / seconds)} ${this.#unit}/s`;
    const held = validation === undefined ? '' : ` | ${this.#heldOut} ${formatFigures(validation)}`;
    this.#stream.write(`${labelOf(epoch, epochs)} | ${seconds.toFixed(1)} s | ${rate} | ${formatFigures(train)}${held}\n`);
  }

  onFitEnd(): void {
    this.#clear();
  }

  async #payload({ epoch, step, samples, seconds, read }: StepEvent): Promise<object> {
    const { epochs, steps } = this.#start;
    const stepsLeft = (epochs - epoch) * steps + steps - step;
    const evaluations = (epochs - epoch + 1) * this.#evaluation;
    return {
      label: `${String(epoch).padStart(String(epochs).length)}/${epochs}`,
      rate: formatCount(samples / seconds),
      left: formatSeconds((stepsLeft * seconds) / step + evaluations),
      figures: formatFigures(await read()),
    };
  }

  #clear(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

function labelOf(epoch: number, epochs: number): string {
  return `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`;
}

function isTerminal(stream: TextSink): stream is TextSink & NodeJS.WriteStream {
  return stream.isTTY === true;
}

import type { FromWorker, ToWorker, TrainingPlan } from '../messages.ts';

/** A worker that trains once and recognises digits from then on. */
export class TrainingWorker {
  readonly #worker: Worker;

  /** @param hear - is told everything that the worker says, and that it broke */
  constructor(plan: TrainingPlan, hear: (message: FromWorker) => void) {
    this.#worker = new Worker(new URL('../worker/train.worker.ts', import.meta.url), { type: 'module', name: 'training' });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data);
    this.#worker.onerror = ({ message }) => hear({ type: 'failed', message: message || 'the worker could not be loaded' });
    this.#tell({ type: 'train', plan });
  }

  /** Asks it to stop after the step that it is at. */
  stop(): void {
    this.#tell({ type: 'stop' });
  }

  /** Asks it what an image is. */
  recognise(image: Float32Array): void {
    this.#tell({ type: 'recognise', image });
  }

  /** Ends it, with all that its backend holds. */
  end(): void {
    // What it has already said is not to be heard any more.
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}

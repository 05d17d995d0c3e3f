import { ArgumentError } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import type { Dataset, Stacked } from '../dataset.ts';
import { streams } from '../random/host-random.ts';
import { permutation } from '../random/permutation.ts';
import type { DataLoaderOptions } from './data-loader-options.ts';
import { makeBatch } from './make-batch.ts';
import { type Batch, uploadBatch } from './upload-batch.ts';
import { openPool } from './workers/open-pool.ts';
import type { WorkerPool } from './workers/worker-pool.ts';

/** Where a {@link DataLoader} is: the next batch is number `position` of `epoch`. */
export interface DataLoaderState {
  readonly epoch: number;
  readonly position: number;
}

/**
 * Batches of a dataset as tensors. Each `for await` is one epoch, and sees every item once.
 *
 * The loader owns the tensors: a batch is freed when the next is taken, and when the loop ends, by `break` or an error too.
 *
 * @throws ArgumentError for an option out of its range
 * @example
 * const dataset: Dataset<{ x: number }> = { size: 5, get: (i) => ({ x: i }) };
 * const loader = new DataLoader(dataset, { batchSize: 2, shuffle: true, seed: 7 });
 * loader.length // 3
 * for await (const { x } of loader) console.log(await x.array());
 */
export class DataLoader<T, H = Stacked<T>> implements AsyncIterable<Batch<H>> {
  /** What the items come from. */
  readonly dataset: Dataset<T>;
  readonly #options: DataLoaderOptions<T, H>;
  readonly #batchSize: number;
  readonly #prefetch: number;
  readonly #seed: number;
  readonly #workers: number;
  #pool: WorkerPool | undefined;
  #next: DataLoaderState = { epoch: 0, position: 0 };
  #running: symbol | undefined;
  #waitedMs = 0;

  constructor(dataset: Dataset<T>, options: DataLoaderOptions<T, H> = {}) {
    const { batchSize = 1, prefetch = 1, seed = 0, workers = 0 } = options;
    checkCount('batchSize', batchSize, 1);
    checkCount('prefetch', prefetch, 0);
    checkCount('seed', seed, 0);
    checkCount('workers', workers, 0);
    this.dataset = dataset;
    this.#options = options;
    this.#batchSize = batchSize;
    this.#prefetch = prefetch;
    this.#seed = seed;
    this.#workers = workers;
  }

  /** The dataset's: what its items are for, such as `'train'` or `'test'`, where that is known. */
  get split(): string | undefined {
    return this.dataset.split;
  }

  /** Batches an epoch. */
  get length(): number {
    const batches = this.dataset.size / this.#batchSize;
    return this.#options.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  /** For how long loops over this loader have waited for their batches so far, in seconds. */
  get waitedSeconds(): number {
    return this.#waitedMs / 1000;
  }

  /**
   * What a checkpoint needs to go on with the next batch. In a loop it counts the batch in use as done, so take it after the step.
   */
  state(): DataLoaderState {
    return this.#next;
  }

  /**
   * Lets the next `for await` begin at `state`. The dataset and the options must be those it was taken with.
   *
   * @throws ArgumentError when this loader has no such batch, or a loop is running
   */
  loadState({ epoch, position }: DataLoaderState): void {
    checkCount('epoch', epoch, 0);
    checkCount('position', position, 0);
    if (position > this.length) {
      throw new ArgumentError('DataLoader', `position must be at most the number of batches, got ${position} of ${this.length}`);
    }
    if (this.#running !== undefined)
      throw new ArgumentError('DataLoader', 'the state must be loaded between loops, got a running one');
    this.#next = { epoch, position };
  }

  /** Ends the workers, which otherwise stay for the next loop; in Node they keep no process alive. A later loop starts new ones. */
  dispose(): void {
    this.#pool?.dispose();
    this.#pool = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /**
   * The batches of the next epoch. A loop that was left by `break` is over: the next one begins the next epoch.
   *
   * @throws ArgumentError when another loop over this loader began meanwhile, or workers cannot do what was asked
   * @throws WorkerError when a worker ends
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch<H>, void, undefined> {
    const run = this.#begin();
    const { epoch, position } = this.#next;
    const order = this.#order(epoch);
    const mostAhead = this.#workers === 0 ? this.#prefetch + 1 : this.#prefetch + this.#workers;
    const ahead: Promise<unknown>[] = [];
    const ask = (next: number, most: number): void => {
      while (ahead.length < most && next + ahead.length < this.length) ahead.push(this.#fetch(epoch, order, next + ahead.length));
    };
    const made: Tensor[] = [];
    try {
      for (let i = position; i < this.length; i++) {
        const asked = performance.now();
        if (this.#workers === 0 || ahead.length === 0) ask(i, mostAhead);
        const batch = uploadBatch<H>(await ahead.shift(), this.#options.backend, made);
        this.#waitedMs += performance.now() - asked;
        // Not before: where all cores are busy, a worker that is woken takes the one that this thread needs for its batch.
        if (this.#workers > 0) ask(i + 1, mostAhead - 1);
        this.#next = { epoch, position: i + 1 };
        yield batch;
        free(made);
        if (this.#running !== run)
          throw new ArgumentError('DataLoader', 'one loop at a time, got a second one (make a second loader)');
      }
    } finally {
      free(made);
      if (this.#running === run) this.#end(epoch);
    }
  }

  #begin(): symbol {
    if (this.#running !== undefined) this.#end(this.#next.epoch);
    this.#running = Symbol('run');
    return this.#running;
  }

  #end(epoch: number): void {
    this.#running = undefined;
    this.#next = { epoch: epoch + 1, position: 0 };
  }

  #order(epoch: number): Uint32Array {
    const { size } = this.dataset;
    if (this.#options.shuffle) return permutation(size, this.#seed, streams.shuffle, epoch);
    return Uint32Array.from({ length: size }, (_, i) => i);
  }

  #fetch(epoch: number, order: Uint32Array, batch: number): Promise<unknown> {
    const indices = order.slice(batch * this.#batchSize, (batch + 1) * this.#batchSize);
    const plan = { seed: this.#seed, epoch, indices };
    const fetched =
      this.#workers > 0 ? this.#openPool().make(plan) : makeBatch({ ...this.#options, dataset: this.dataset }, plan);
    // A failure is reported when its batch is taken; until then, or if the loop ends before, it is nobody's unhandled rejection.
    fetched.catch(() => {});
    return fetched;
  }

  #openPool(): WorkerPool {
    if (this.#pool === undefined || this.#pool.isOver) this.#pool = openPool(this.#workers, this.dataset, this.#options);
    return this.#pool;
  }
}

function free(tensors: Tensor[]): void {
  for (const made of tensors.splice(0)) made.dispose();
}

function checkCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new ArgumentError('DataLoader', `${name} must be an integer of at least ${least}, got ${value}`);
  }
}

import { ArgumentError, type Backend, type HostTensor } from '@dl/kernels';
import { keep, type Tensor, tensor } from '@dl/tensor';
import type { Dataset, Stacked } from '../dataset.ts';
import { streams } from '../random/host-random.ts';
import { permutation } from '../random/permutation.ts';
import { sampleRandom } from '../transforms/sample-random.ts';
import type { BatchTransform } from '../transforms/transform.ts';
import { isHostTensor, stackRows } from './stack-samples.ts';

/** A collated batch as the loop sees it: arrays became tensors, anything else is handed through. */
export type Batch<H> = { readonly [K in keyof H]: H[K] extends HostTensor ? Tensor : H[K] };

/** Options of {@link DataLoader}. */
export interface DataLoaderOptions<T, H> {
  /** Items a batch; the last may have fewer. Default 1. */
  readonly batchSize?: number | undefined;
  /** A new random order each epoch, without replacement; otherwise the dataset's order. Default false. */
  readonly shuffle?: boolean | undefined;
  /** Leaves out the last batch where it is smaller. Default false. */
  readonly dropLast?: boolean | undefined;
  /** The order of epoch e, and the random numbers of its items, depend on (seed, e) and the item alone. Default 0. */
  readonly seed?: number | undefined;
  /** Batches that are fetched ahead while one is in use. Default 1. */
  readonly prefetch?: number | undefined;
  /** Makes a batch from its items. Default: the dataset's `getBatch`, else {@link stackSamples}. */
  readonly collate?: ((samples: readonly T[]) => H) | undefined;
  /**
   * Changes each batch before it becomes tensors. The random numbers of an item depend on (seed, epoch, index) alone, not on the order
   * of taking: a loop that goes on from a {@link DataLoaderState} sees what it would have seen. Default: none.
   */
  readonly transform?: BatchTransform<NoInfer<H>> | undefined;
  /** Where the tensors are made. Default: the backend in use. */
  readonly backend?: Backend | undefined;
}

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
  #next: DataLoaderState = { epoch: 0, position: 0 };
  #running: symbol | undefined;

  constructor(dataset: Dataset<T>, options: DataLoaderOptions<T, H> = {}) {
    const { batchSize = 1, prefetch = 1, seed = 0 } = options;
    checkCount('batchSize', batchSize, 1);
    checkCount('prefetch', prefetch, 0);
    checkCount('seed', seed, 0);
    this.dataset = dataset;
    this.#options = options;
    this.#batchSize = batchSize;
    this.#prefetch = prefetch;
    this.#seed = seed;
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

  /**
   * The batches of the next epoch. A loop that was left by `break` is over: the next one begins the next epoch.
   *
   * @throws ArgumentError when another loop over this loader began meanwhile
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch<H>, void, undefined> {
    const run = this.#begin();
    const { epoch, position } = this.#next;
    const order = this.#order(epoch);
    const ahead: Promise<unknown>[] = [];
    const made: Tensor[] = [];
    try {
      for (let i = position; i < this.length; i++) {
        while (ahead.length <= this.#prefetch && i + ahead.length < this.length)
          ahead.push(this.#fetch(epoch, order, i + ahead.length));
        const batch = this.#upload(await ahead.shift()!, made);
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
    const fetched = this.#transformed(epoch, order.subarray(batch * this.#batchSize, (batch + 1) * this.#batchSize));
    // A failure is reported when its batch is taken; until then, or if the loop ends before, it is nobody's unhandled rejection.
    fetched.catch(() => {});
    return fetched;
  }

  async #transformed(epoch: number, indices: Uint32Array): Promise<unknown> {
    const { transform } = this.#options;
    const batch = await this.#assemble(indices);
    if (transform === undefined) return batch;
    return transform(
      batch as H,
      Array.from(indices, (index) => sampleRandom({ seed: this.#seed, epoch, index })),
    );
  }

  async #assemble(indices: Uint32Array): Promise<unknown> {
    const { dataset } = this;
    const { collate } = this.#options;
    if (collate === undefined && dataset.getBatch !== undefined) return dataset.getBatch(indices);
    const samples = await Promise.all(Array.from(indices, (index) => dataset.get(index)));
    return collate === undefined ? stackRows(samples) : collate(samples);
  }

  #upload(host: unknown, made: Tensor[]): Batch<H> {
    const { backend } = this.#options;
    const fields = Object.entries(host as Record<string, unknown>).map(([name, value]) => {
      if (!isHostTensor(value)) return [name, value];
      const uploaded = keep(tensor(value.data, { shape: value.shape, dtype: value.dtype, backend }));
      made.push(uploaded);
      return [name, uploaded];
    });
    return Object.fromEntries(fields) as Batch<H>;
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

import type { Backend } from '@dl/kernels';
import type { BatchTransform } from '../transforms/transform.ts';
import type { WorkerThread } from './workers/worker-thread.ts';

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
  /**
   * Batches that are fetched ahead while one is in use; with workers, that one and those ahead are
   * `workers + prefetch` together. Default 1.
   */
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
  /**
   * Threads that make the batches while the loop's own computes; 0 leaves it to that one. The batches are the same bits in the same
   * order. Datasets and transforms of this package get there by themselves, functions of your own, those of {@link map} too, by
   * {@link serveBatches}. Default 0.
   */
  readonly workers?: number | undefined;
  /** Starts a worker whose module calls {@link serveBatches}. Default, in Node only: one that knows all of this package. */
  readonly startWorker?: (() => WorkerThread) | undefined;
  /** For the function that the worker module gives to {@link serveBatches}: whatever can be sent. */
  readonly workerOptions?: unknown;
}

import { ArgumentError } from '@dl/kernels';
import type { Dataset, Stacked } from '../../dataset.ts';
import type { BatchTransform } from '../../transforms/transform.ts';
import { type BatchSource, makeBatch } from '../make-batch.ts';
import { isHostTensor } from '../stack-samples.ts';
import { toFailure } from './failure.ts';
import { makeOf } from './makers.ts';
import type { Answer, Opening, Order } from './messages.ts';

/** What a worker module of one's own brings: where something is missing, the loader's is taken. */
export interface BatchService<T, H> {
  /** Has the items of the loader's dataset, at the same indices. */
  readonly dataset?: Dataset<T> | undefined;
  /** As the option of {@link DataLoader}. */
  readonly collate?: ((samples: readonly T[]) => H) | undefined;
  /** As the option of {@link DataLoader}. */
  readonly transform?: BatchTransform<NoInfer<H>> | undefined;
}

/**
 * Makes this worker one of a {@link DataLoader}: what the module does that the loader's `startWorker` starts. It is how functions of your own get to
 * another thread; without an argument, the worker knows all of this package, which is what a browser needs.
 *
 * ```ts no-run
 * // pictures.worker.ts
 * import { serveBatches } from '@dl/data';
 * import { openPictures, flatten } from './pictures.ts';
 *
 * serveBatches(async () => ({ dataset: await openPictures(), transform: flatten }));
 *
 * // main.ts
 * const loader = new DataLoader(await openPictures(), {
 *   batchSize: 64,
 *   workers: 2,
 *   startWorker: () => new Worker(new URL('./pictures.worker.ts', import.meta.url), { type: 'module' }),
 * });
 * ```
 *
 * @param open - called once, with the loader's `workerOptions`
 * @throws ArgumentError outside of a worker
 */
export function serveBatches<T, H = Stacked<T>>(
  open: (options: unknown) => BatchService<T, H> | Promise<BatchService<T, H>> = () => ({}),
): void {
  const port = portOfThread();
  let source: Promise<BatchSource<T, H>> | undefined;
  port.listen(async (order) => {
    if ('opening' in order) {
      source = sourceOf(order.opening, open);
      // Reported with each batch that is asked for.
      source.catch(() => {});
      return;
    }
    const { id, plan } = order;
    try {
      if (source === undefined) throw new ArgumentError('serveBatches', 'a worker must be opened first');
      const { batch, buffers } = ofItsOwn(await makeBatch(await source, plan));
      port.answer({ id, batch }, buffers);
    } catch (error) {
      port.answer({ id, failure: toFailure(error) }, []);
    }
  });
}

async function sourceOf<T, H>(
  { dataset, collate, transform, options }: Opening,
  open: (options: unknown) => BatchService<T, H> | Promise<BatchService<T, H>>,
): Promise<BatchSource<T, H>> {
  const service = await open(options);
  if (service.transform !== undefined && transform !== undefined) {
    throw new ArgumentError('serveBatches', 'a transform must come from the loader or from the worker module, got both');
  }
  if (service.collate !== undefined && collate !== undefined) {
    throw new ArgumentError('serveBatches', 'a collate must come from the loader or from the worker module, got both');
  }
  const items = service.dataset ?? (await makeOf(dataset));
  if (items === undefined) {
    throw new ArgumentError('serveBatches', "the worker module must give a dataset, as the loader's cannot be sent, got none");
  }
  return {
    dataset: items as Dataset<T>,
    collate: service.collate ?? ((await makeOf(collate)) as BatchSource<T, H>['collate']),
    transform: service.transform ?? ((await makeOf(transform)) as BatchTransform<H> | undefined),
  };
}

/** The batch with arrays in buffers of their own, which may be handed over: those of a dataset or a `collate` may be needed again. */
function ofItsOwn(batch: unknown): { readonly batch: unknown; readonly buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const own = Object.entries(batch as Record<string, unknown>).map(([name, value]) => {
    if (!isHostTensor(value)) return [name, value];
    // A Buffer of Node is one, whose own slice is no copy.
    const data = value.data instanceof Uint8Array ? new Uint8Array(value.data) : value.data.slice();
    buffers.push(data.buffer);
    return [name, { ...value, data }];
  });
  return { batch: Object.fromEntries(own), buffers };
}

/** The way back to who started this thread. */
interface Port {
  listen(hear: (order: Order) => void): void;
  answer(answer: Answer, buffers: ArrayBuffer[]): void;
}

function portOfThread(): Port {
  const threads = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:worker_threads');
  const parent = threads?.parentPort;
  if (parent) {
    return {
      listen: (hear) => void parent.on('message', hear),
      answer: (answer, buffers) => parent.postMessage(answer, buffers),
    };
  }
  if (threads !== undefined || typeof postMessage === 'undefined' || typeof window !== 'undefined') {
    throw new ArgumentError('serveBatches', 'must be called in a worker, got none');
  }
  return {
    listen: (hear) => addEventListener('message', ({ data }) => hear(data)),
    answer: (answer, transfer) => postMessage(answer, { transfer }),
  };
}

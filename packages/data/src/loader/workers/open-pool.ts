import { ArgumentError } from '@dl/kernels';
import type { Dataset } from '../../dataset.ts';
import { collateDetections } from '../../detection/collate-detections.ts';
import type { DataLoaderOptions } from '../data-loader-options.ts';
import { recipeOf } from './recipe.ts';
import { startOwnWorker } from './start-own-worker.ts';
import { WorkerPool } from './worker-pool.ts';

const advice = 'see serveBatches for functions of your own';

/**
 * Starts the workers of a loader, and tells them what to make batches of.
 *
 * @throws ArgumentError for what can neither be sent nor comes with a worker module
 */
export function openPool<T, H>(count: number, items: Dataset<T>, options: DataLoaderOptions<T, H>): WorkerPool {
  const { collate, startWorker, workerOptions } = options;
  const isOwn = collate === (collateDetections as unknown);
  if (collate !== undefined && !isOwn) {
    throw new ArgumentError(
      'DataLoader',
      `a collate must be in the worker module where there are workers, but for collateDetections (${advice})`,
    );
  }
  const dataset = recipeOf(items);
  if (dataset === undefined && startWorker === undefined) {
    throw new ArgumentError(
      'DataLoader',
      `with workers, the dataset must be made by @dl/data without functions of yours, got another (${advice})`,
    );
  }
  const transform = options.transform && recipeOf(options.transform);
  if (transform === undefined && options.transform !== undefined) {
    throw new ArgumentError('DataLoader', `with workers, the transform must be of @dl/data's, got another (${advice})`);
  }
  return new WorkerPool(count, startWorker ?? startOwnWorker, {
    dataset,
    collate: isOwn ? { recipe: 'collateDetections', args: [] } : undefined,
    transform,
    options: workerOptions,
  });
}

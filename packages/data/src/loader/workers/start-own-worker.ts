import { ArgumentError } from '@dl/kernels';
import type { WorkerThread } from './worker-thread.ts';

/**
 * Starts a worker that knows everything of this package and nothing of the user's. In Node only: which files a page has is known to
 * whoever bundled it.
 *
 * @throws ArgumentError where there is no Node
 */
export function startOwnWorker(): WorkerThread {
  const threads = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:worker_threads');
  if (threads === undefined) {
    throw new ArgumentError('DataLoader', 'in a browser, workers must have a startWorker, got none (see serveBatches)');
  }
  // In a variable: a bundler for browsers that saw the two together would add the file to every page.
  const here = import.meta.url;
  return new threads.Worker(new URL('batch-worker.js', here), { name: '@dl/data' });
}

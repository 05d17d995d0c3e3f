import { workerSource } from './worker-source.ts';

/** What a worker needs to join in. */
export interface WorkerSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Where the block that threads share is. */
  readonly block: number;
  /** The number of the thread: the caller is 0. */
  readonly slot: number;
}

/** A thread of the platform. */
export interface RunningWorker {
  terminate(): void;
}

/**
 * Starts a worker that keeps no process alive. `onEnd` hears once why it ended before it was to.
 *
 * @throws whatever the platform throws where it allows no worker
 */
export function startWorker(setup: WorkerSetup, onEnd: (reason: string) => void): RunningWorker {
  const threads = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:worker_threads');
  return threads === undefined ? startWebWorker(setup, onEnd) : startNodeWorker(threads, setup, onEnd);
}

function startNodeWorker(
  { Worker }: typeof import('node:worker_threads'),
  setup: WorkerSetup,
  onEnd: (reason: string) => void,
): RunningWorker {
  // No execArgv: loaders and hooks of the program are not for a worker that loads nothing.
  const worker = new Worker(workerSource, { eval: true, workerData: setup, execArgv: [], name: '@dl/kernels-wasm' });
  worker.unref();
  let reason: string | undefined;
  worker.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  worker.on('exit', (code) => onEnd(reason ?? `it exited with code ${code}`));
  return { terminate: () => void worker.terminate() };
}

function startWebWorker(setup: WorkerSetup, onEnd: (reason: string) => void): RunningWorker {
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  try {
    const worker = new Worker(url, { name: '@dl/kernels-wasm' });
    worker.onerror = (event) => onEnd(event.message || 'the page allows no worker from a blob: (content security policy)');
    worker.postMessage(setup);
    return { terminate: () => worker.terminate() };
  } finally {
    URL.revokeObjectURL(url);
  }
}

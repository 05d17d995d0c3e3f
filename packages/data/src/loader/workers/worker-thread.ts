import { ArgumentError } from '@dl/kernels';

/** A worker: `new Worker(…)` of a browser, or of `node:worker_threads`. */
export interface WorkerThread {
  /** Sends something to it. */
  postMessage(message: unknown): void;
  /** Ends it. */
  terminate(): unknown;
}

/** What one of `node:worker_threads` has besides. */
interface NodeThread extends WorkerThread {
  on(event: string, listener: (value: unknown) => void): unknown;
  ref(): void;
  unref(): void;
}

/** What one of a browser has besides. */
interface WebThread extends WorkerThread {
  addEventListener(type: string, listener: (event: Event) => void): void;
}

/**
 * Hears what a worker answers, and once why it ended.
 *
 * @throws ArgumentError for what is no worker
 */
export function listen(thread: WorkerThread, onMessage: (message: unknown) => void, onEnd: (reason: string) => void): void {
  if (isNodeThread(thread)) listenInNode(thread, onMessage, onEnd);
  else if (isWebThread(thread)) listenInPage(thread, onMessage, onEnd);
  else throw new ArgumentError('DataLoader', `startWorker must give a Worker, got ${typeof thread} without events`);
}

/** Whether the process waits for this worker. In a browser nothing ends by itself. */
export function holdProcess(thread: WorkerThread, holds: boolean): void {
  if (!isNodeThread(thread)) return;
  if (holds) thread.ref();
  else thread.unref();
}

function listenInNode(thread: NodeThread, onMessage: (message: unknown) => void, onEnd: (reason: string) => void): void {
  let reason: string | undefined;
  thread.on('message', onMessage);
  thread.on('messageerror', (error) => onEnd(`an answer that cannot be read: ${textOf(error)}`));
  thread.on('error', (error) => {
    reason = textOf(error);
  });
  thread.on('exit', (code) => onEnd(reason ?? `exit code ${code}`));
}

function listenInPage(thread: WebThread, onMessage: (message: unknown) => void, onEnd: (reason: string) => void): void {
  thread.addEventListener('message', (event) => onMessage('data' in event ? event.data : undefined));
  thread.addEventListener('messageerror', () => onEnd('an answer that cannot be read'));
  thread.addEventListener('error', (event) => {
    // It is reported to who waits for a batch; the console need not have it, too.
    event.preventDefault();
    onEnd('message' in event && event.message ? String(event.message) : 'a module that cannot be loaded');
  });
}

function isNodeThread(thread: WorkerThread): thread is NodeThread {
  return 'on' in thread && 'unref' in thread;
}

function isWebThread(thread: WorkerThread): thread is WebThread {
  return 'addEventListener' in thread;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

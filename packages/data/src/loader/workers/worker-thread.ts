/** A worker of `node:worker_threads`. */
export interface NodeThread {
  postMessage(message: unknown): void;
  terminate(): unknown;
  on(event: string, listener: (value: unknown) => void): unknown;
  ref(): void;
  unref(): void;
}

/** A `Worker` of a browser. */
export interface WebThread {
  postMessage(message: unknown): void;
  terminate(): unknown;
  addEventListener(type: string, listener: (event: Event) => void): void;
}

/** A worker: `new Worker(…)` of a browser, or of `node:worker_threads`. */
export type WorkerThread = NodeThread | WebThread;

/** Hears what a worker answers, and once why it ended. */
export function listen(thread: WorkerThread, onMessage: (message: unknown) => void, onEnd: (reason: string) => void): void {
  if ('on' in thread) {
    let reason: string | undefined;
    thread.on('message', onMessage);
    thread.on('messageerror', (error) => onEnd(`an answer that cannot be read: ${textOf(error)}`));
    thread.on('error', (error) => {
      reason = textOf(error);
    });
    thread.on('exit', (code) => onEnd(reason ?? `exit code ${code}`));
    return;
  }
  thread.addEventListener('message', (event) => onMessage('data' in event ? event.data : undefined));
  thread.addEventListener('messageerror', () => onEnd('an answer that cannot be read'));
  thread.addEventListener('error', (event) => {
    // It is reported to who waits for a batch; the console need not have it, too.
    event.preventDefault();
    onEnd('message' in event && event.message ? String(event.message) : 'a module that cannot be loaded');
  });
}

/** Whether the process waits for this worker. In a browser nothing ends by itself. */
export function holdProcess(thread: WorkerThread, holds: boolean): void {
  if (!('ref' in thread)) return;
  if (holds) thread.ref();
  else thread.unref();
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import type { CliIo } from '../io.ts';

/** Ctrl-C: the message says how to go on. */
export class Interrupted extends Error {}

/**
 * Runs a job that Ctrl-C ends between two steps, by its signal. A second Ctrl-C finds nobody who listens, and ends the program at once.
 *
 * @param job - gets the signal, whose reason is an {@link Interrupted}
 */
export async function interruptible<T>(
  { signals, stderr }: Pick<CliIo, 'signals' | 'stderr'>,
  job: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onSignal = (): void => {
    signals.off('SIGINT', onSignal);
    stderr.write('\nending after this step; Ctrl-C again ends at once\n');
    controller.abort(new Interrupted('interrupted'));
  };
  signals.on('SIGINT', onSignal);
  try {
    return await job(controller.signal);
  } finally {
    signals.off('SIGINT', onSignal);
  }
}

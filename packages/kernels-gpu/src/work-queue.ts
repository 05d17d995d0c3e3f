/**
 * Does tasks in order: at once, unless one before is still waiting for the device. Where nothing waits, an error is thrown to the
 * caller; else the task has to mind its own.
 */
export class WorkQueue {
  readonly #tasks: (() => void | Promise<void>)[] = [];
  #draining: Promise<void> | undefined;

  /** Whether tasks are waiting, so that the next one is not done at once. */
  get isBusy(): boolean {
    return this.#draining !== undefined;
  }

  /** A task that returns a promise holds up those that follow until it is settled. It must not reject. */
  add(task: () => void | Promise<void>): void {
    if (this.isBusy) {
      this.#tasks.push(task);
      return;
    }
    const waiting = task();
    if (waiting !== undefined) this.#draining = this.#drain(waiting);
  }

  /** Resolves when all tasks are done. */
  async idle(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining;
  }

  async #drain(first: Promise<void>): Promise<void> {
    await first;
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) await task();
    this.#draining = undefined;
  }
}

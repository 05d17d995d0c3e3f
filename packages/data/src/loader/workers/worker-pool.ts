import type { BatchPlan } from '../make-batch.ts';
import { fromFailure } from './failure.ts';
import type { Answer, Opening, Order } from './messages.ts';
import { WorkerError } from './worker-error.ts';
import { holdProcess, listen, type WorkerThread } from './worker-thread.ts';

/** What waits for a batch. */
interface Waiting {
  resolve(batch: unknown): void;
  reject(error: Error): void;
}

interface Member {
  readonly thread: WorkerThread;
  readonly waiting: Map<number, Waiting>;
}

/** The workers of one loader. They make whatever batches they are asked for, and nothing unasked. */
export class WorkerPool {
  readonly #members: readonly Member[];
  #end: WorkerError | undefined;
  #asked = 0;

  /** @throws whatever `start` throws; those that have started are ended then */
  constructor(count: number, start: () => WorkerThread, opening: Opening) {
    const members: Member[] = [];
    this.#members = members;
    try {
      for (let i = 0; i < count; i++) {
        const member: Member = { thread: start(), waiting: new Map() };
        members.push(member);
        this.#join(member, `worker ${i + 1} of ${count}`, opening);
      }
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Whether a worker is gone, and so all are. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /**
   * The batch, by the worker that has least to do.
   *
   * @throws the error of the worker, of its class where that is known
   * @throws WorkerError when a worker ends
   */
  make(plan: BatchPlan): Promise<unknown> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    const id = this.#asked++;
    const member = this.#members.reduce((least, other) => (other.waiting.size < least.waiting.size ? other : least));
    return new Promise((resolve, reject) => {
      member.waiting.set(id, { resolve, reject });
      holdProcess(member.thread, true);
      send(member.thread, { id, plan });
    });
  }

  /** Ends all workers. */
  dispose(): void {
    this.#close(new WorkerError('DataLoader', 'workers must stay until the loop ends, got dispose()'));
  }

  #join(member: Member, name: string, opening: Opening): void {
    const { thread, waiting } = member;
    listen(
      thread,
      (message) => {
        const answer = message as Answer;
        const asker = waiting.get(answer.id);
        waiting.delete(answer.id);
        if (waiting.size === 0) holdProcess(thread, false);
        if ('failure' in answer) asker?.reject(fromFailure(answer.failure));
        else asker?.resolve(answer.batch);
      },
      (reason) => this.#close(new WorkerError('DataLoader', `${name} must stay until the loop ends, got ${reason}`)),
    );
    holdProcess(thread, false);
    send(thread, { opening });
  }

  #close(reason: WorkerError): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    for (const { thread, waiting } of this.#members) {
      thread.terminate();
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    }
  }
}

function send(thread: WorkerThread, order: Order): void {
  thread.postMessage(order);
}

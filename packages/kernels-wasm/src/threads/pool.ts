import type { Heap } from '../heap.ts';
import { mayWait } from './concurrency.ts';
import { attention, control, states, stopEpoch } from './control.ts';
import { type RunningWorker, startWorker } from './start-worker.ts';
import type { Thresholds } from './thresholds.ts';

/** The workers of one backend. They share the backend's memory and know nothing else of it. */
export class Pool {
  readonly #module: WebAssembly.Module;
  readonly #memory: WebAssembly.Memory;
  readonly #heap: Heap;
  readonly #size: number;
  readonly #workers = new Map<number, RunningWorker>();
  readonly #refused: string[] = [];
  #isOver = false;

  /** @param size - threads that there may be, the caller among them */
  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory, heap: Heap, size: number, thresholds: Thresholds) {
    this.#module = module;
    this.#memory = memory;
    this.#heap = heap;
    this.#size = size;
    heap.control[control.threads] = size;
    heap.control[control.mayWait] = Number(size > 1 && mayWait());
    heap.control[control.worthSharing] = thresholds.sharing;
    heap.control[control.worthWaking] = thresholds.waking;
    heap.control[control.worthStarting] = thresholds.starting;
    heap.control[control.bearable] = thresholds.bearable;
  }

  /** Workers that take part, and the caller. */
  get threads(): number {
    let running = 1;
    for (const slot of this.#workers.keys()) {
      const state = Atomics.load(this.#heap.control, control.states + slot);
      if (state === states.awake || state === states.asleep) running++;
    }
    return running;
  }

  /** What went wrong, each with the reason. */
  get refused(): readonly string[] {
    return this.#refused;
  }

  /** Starts the workers, once. They join when they are up. */
  start(): void {
    const { control: words } = this.#heap;
    words[control.attention] &= ~attention.wantsWorkers;
    if (this.#isOver || this.#workers.size > 0) return;
    this.#heap.provide(this.#size);
    for (let slot = 1; slot < this.#size; slot++) {
      try {
        const setup = { module: this.#module, memory: this.#memory, block: this.#heap.controlPointer, slot };
        this.#workers.set(
          slot,
          startWorker(setup, (reason) => this.#lose(slot, reason)),
        );
      } catch (error) {
        this.#refused.push(`thread ${slot + 1}: ${error instanceof Error ? error.message : String(error)}`);
        break;
      }
    }
    // None to wait for, none to ask for again.
    if (this.#workers.size === 0) this.stop();
  }

  /** Does without workers from now on, since one ended or hung with work that it had taken. */
  giveUp(): void {
    this.#refused.push('threads: a worker ended or hung at work (its work was done again; there is one thread from now on)');
    this.stop();
  }

  /** Ends all workers. */
  stop(): void {
    this.#isOver = true;
    const { control: words } = this.#heap;
    words[control.threads] = 1;
    words[control.attention] = 0;
    Atomics.store(words, control.epoch, stopEpoch);
    if (this.#workers.size > 0) Atomics.notify(words, control.epoch);
    const workers = [...this.#workers.values()];
    this.#workers.clear();
    for (const worker of workers) worker.terminate();
  }

  #lose(slot: number, reason: string): void {
    if (!this.#workers.delete(slot)) return;
    Atomics.store(this.#heap.control, control.states + slot, states.gone);
    this.#refused.push(`thread ${slot + 1}: ${reason}`);
    if (this.#workers.size === 0) this.stop();
  }
}

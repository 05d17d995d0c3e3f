import type { Backend } from '@dl/kernels';
import { distance } from './agreement.ts';
import type { Contestant, Entrant } from './contestant.ts';
import { type Absence, type Figure, type Findings, type Row, rowOf } from './findings.ts';
import { interleave, type Pace, timingOf } from './measure.ts';
import type { PyTorch } from './peers/pytorch.ts';

/** A work to compare: ours on a backend, against whoever enters. */
export interface Comparison {
  readonly work: string;
  readonly ours: (backend: Backend) => Contestant | Promise<Contestant>;
  readonly entrants: readonly Entrant[];
  /** Billions of floating-point operations of one iteration; adds GFLOP/s to the rows. */
  readonly gigaflop?: number;
  /** The greatest {@link distance} between two right results. Default 1e-3: float32 sums of thousands of terms, Winograd included. */
  readonly tolerance?: number;
}

/** What a suite may use. */
export interface BenchOptions {
  readonly suite: string;
  readonly pace: Pace;
  /** Our backend, on the number of threads to measure. */
  readonly backend: Backend;
  /** Our backend on one thread, where {@link BenchOptions.backend} has more: it enters every comparison as a peer. */
  readonly singleThread?: Backend | undefined;
  readonly pytorch: PyTorch;
  /** Only works whose name holds this text are run. */
  readonly only: string;
}

/** Runs the comparisons of a suite on one number of threads, and keeps what they find. */
export class Bench implements Findings {
  readonly rows: Row[] = [];
  readonly figures: Figure[] = [];
  readonly absences: Absence[] = [];
  readonly pace: Pace;
  readonly threads: number;
  readonly pytorch: PyTorch;
  readonly #options: BenchOptions;

  constructor(options: BenchOptions) {
    this.#options = options;
    this.pace = options.pace;
    this.threads = options.backend.info().threads;
    this.pytorch = options.pytorch;
  }

  /** Whether a work is asked for; says on the error stream that it begins. */
  begins(work: string): boolean {
    const { suite, only } = this.#options;
    if (!work.includes(only)) return false;
    console.error(`${suite}, ${this.threads} thread${this.threads > 1 ? 's' : ''}: ${work}`);
    return true;
  }

  /**
   * Times ours against every entrant that can do the work and comes to our result.
   * Where none can, our time is kept as a figure.
   */
  async compare({ work, ours, entrants, gigaflop, tolerance = 1e-3 }: Comparison): Promise<void> {
    if (!this.begins(work)) return;
    const { backend, singleThread } = this.#options;
    const own = await ours(backend);
    const expected = await own.result();
    const alone: Entrant[] = singleThread === undefined ? [] : [{ name: '@dl, 1 thread', enter: () => ours(singleThread) }];
    const peers: { readonly name: string; readonly contestant: Contestant }[] = [];
    for (const { name, enter } of [...alone, ...entrants]) {
      const contestant = await this.attempt(name, work, async () => {
        const entered = await enter();
        const far = distance(expected, await entered.result());
        if (far <= tolerance) return entered;
        throw new Disagreement(`its result is ${far.toPrecision(2)} of the root mean square away from ours`);
      });
      if (contestant !== undefined) peers.push({ name, contestant });
    }
    const [mine, ...theirs] = await interleave([own, ...peers.map(({ contestant }) => contestant)], this.pace);
    for (const [i, { name }] of peers.entries()) this.row(work, name, mine, theirs[i], gigaflop);
    if (peers.length === 0) this.#ourTime(work, timingOf(mine).median, gigaflop);
    for (const contestant of [own, ...peers.map((peer) => peer.contestant)]) await contestant.dispose?.();
  }

  /** What a peer gives, or undefined and a line in the report where it fails. */
  async attempt<T>(peer: string, work: string, task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task();
    } catch (error) {
      const why = (error instanceof Error ? error.message : String(error)).split('\n')[0];
      this.absences.push({ peer, work, why, disagrees: error instanceof Disagreement });
      return undefined;
    }
  }

  /** Adds a comparison. */
  row(work: string, peer: string, oursTimes: readonly number[], peerTimes: readonly number[], gigaflop?: number): void {
    this.rows.push(rowOf({ suite: this.#options.suite, work, threads: this.threads, peer }, oursTimes, peerTimes, gigaflop));
  }

  /** Adds a number that stands for itself. */
  figure(work: string, figure: string, value: number, unit: string): void {
    this.figures.push({ suite: this.#options.suite, work, threads: this.threads, figure, value, unit });
  }

  #ourTime(work: string, ms: number, gigaflop: number | undefined): void {
    this.figure(work, '@dl', ms, 'ms');
    if (gigaflop !== undefined) this.figure(work, '@dl', (gigaflop / ms) * 1000, 'GFLOP/s');
  }
}

/** A peer came to another result. */
class Disagreement extends Error {}

import type { Backend } from '@dl/kernels';
import type { Contestant, Entrant } from './contestant.ts';
import { interleave, type Pace, timingOf } from './measure.ts';
import { Notebook, type Request } from './notebook.ts';
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
export interface BenchOptions extends Request {
  readonly pace: Pace;
  /** Our backend, on the number of threads to measure. */
  readonly backend: Backend;
  /** Our backend on one thread, where {@link BenchOptions.backend} has more: it enters every comparison as a peer. */
  readonly singleThread?: Backend | undefined;
  readonly pytorch: PyTorch;
}

/** Runs the comparisons of a suite on one number of threads, and keeps what they find. */
export class Bench extends Notebook {
  readonly pace: Pace;
  readonly threads: number;
  readonly pytorch: PyTorch;
  readonly #options: BenchOptions;

  constructor(options: BenchOptions) {
    const { threads } = options.backend.info();
    super(options, `${threads} thread${threads > 1 ? 's' : ''}`);
    this.#options = options;
    this.pace = options.pace;
    this.threads = threads;
    this.pytorch = options.pytorch;
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
    for (const entrant of [...alone, ...entrants].filter(({ name }) => this.invites(name))) {
      const contestant = await this.enter(entrant, work, expected, tolerance);
      if (contestant !== undefined) peers.push({ name: entrant.name, contestant });
    }
    const [mine, ...theirs] = await interleave([own, ...peers.map(({ contestant }) => contestant)], this.pace);
    for (const [i, { name }] of peers.entries()) this.row(work, name, mine, theirs[i], { gigaflop });
    if (peers.length === 0) this.time(work, '@dl', timingOf(mine).median, gigaflop);
    for (const contestant of [own, ...peers.map((peer) => peer.contestant)]) await contestant.dispose?.();
  }
}

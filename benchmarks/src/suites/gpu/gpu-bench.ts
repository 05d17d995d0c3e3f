import type { Backend } from '@dl/kernels';
import type { Comparison } from '../../bench.ts';
import type { Contestant, Entrant } from '../../contestant.ts';
import { interleave, type Pace, timingOf } from '../../measure.ts';
import { Notebook, type Request } from '../../notebook.ts';

/** Ours on one programming interface of the GPU. */
export interface Side {
  readonly on: string;
  readonly backend: Backend;
}

/** What is compared in a page. */
export interface GpuBenchOptions extends Request {
  readonly pace: Pace;
  readonly sides: readonly Side[];
  /** Our backend whose results are held to be right; it enters every comparison as a peer. */
  readonly judge: Backend;
}

/** Somebody who has entered, ours or a peer. */
interface Player<E extends Entrant> {
  readonly entrant: E;
  readonly contestant: Contestant;
}

/** Runs comparisons in a page: ours on each interface of the GPU against every peer, all of them in turn. */
export class GpuBench extends Notebook {
  readonly #options: GpuBenchOptions;

  constructor(options: GpuBenchOptions) {
    super(options, 'page');
    this.#options = options;
  }

  /** Times all who can do the work and come to the judge's result. Where one side is empty, the times of the other are kept as figures. */
  async compare({ work, ours, entrants, gigaflop, tolerance = 1e-3 }: Comparison): Promise<void> {
    if (!this.begins(work)) return;
    const { judge, sides, pace } = this.#options;
    const wasm = await ours(judge);
    const expected = await wasm.result();
    const failed = new Set<string>();
    const players = async <E extends Entrant>(wanted: readonly E[]): Promise<Player<E>[]> => {
      const found: Player<E>[] = [];
      for (const entrant of wanted) {
        const contestant = await this.enter(entrant, work, expected, tolerance);
        if (contestant !== undefined) found.push({ entrant, contestant: this.#guard(entrant.name, work, contestant, failed) });
      }
      return found;
    };
    const mine = await players(sides.map(({ on, backend }) => ({ name: `@dl ${on}`, on, enter: () => ours(backend) })));
    const others: readonly Entrant[] = [{ name: '@dl wasm, 1 thread', enter: () => ours(judge) }, ...entrants];
    const peers = await players(others.filter(({ name }) => this.invites(name)));
    await wasm.dispose?.();
    const contestants = [...mine, ...peers].map(({ contestant }) => contestant);
    const times = await interleave(contestants, pace);
    const timesOf = (contestant: Contestant) => times[contestants.indexOf(contestant)];
    const own = mine.filter(({ entrant }) => !failed.has(entrant.name));
    const theirs = peers.filter(({ entrant }) => !failed.has(entrant.name));
    for (const peer of theirs) {
      for (const { entrant, contestant } of own) {
        this.row(work, peer.entrant.name, timesOf(contestant), timesOf(peer.contestant), { gigaflop, on: entrant.on });
      }
    }
    for (const { entrant, contestant } of own.length === 0 ? theirs : theirs.length === 0 ? own : []) {
      this.time(work, entrant.name, timingOf(timesOf(contestant)).median, gigaflop);
    }
    for (const contestant of contestants) await contestant.dispose?.();
  }

  /** A contestant that fails in one of its turns has its line in the report, and runs no more. */
  #guard(name: string, work: string, contestant: Contestant, failed: Set<string>): Contestant {
    return {
      ...contestant,
      run: async (iterations) => {
        if (failed.has(name)) return Number.NaN;
        const ms = await this.attempt(name, work, () => contestant.run(iterations));
        if (ms === undefined) failed.add(name);
        return ms ?? Number.NaN;
      },
    };
  }
}

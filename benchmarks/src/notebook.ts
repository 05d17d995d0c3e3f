import { distance } from './agreement.ts';
import type { Contestant, Entrant } from './contestant.ts';
import { type Absence, type Figure, type Findings, type Row, rowOf } from './findings.ts';

/** What is asked of a suite. */
export interface Request {
  readonly suite: string;
  /** Only works whose name holds this text are run. */
  readonly only: string;
  /** Only peers whose name holds one of these texts take part; all, where there are none. */
  readonly peers: readonly string[];
}

/** Lets peers enter, and keeps what a suite finds. */
export class Notebook implements Findings {
  readonly rows: Row[] = [];
  readonly figures: Figure[] = [];
  readonly absences: Absence[] = [];
  readonly on: string;
  readonly #request: Request;

  /** @param on - what ours runs on, where nothing else is said: `'2 threads'` */
  constructor(request: Request, on: string) {
    this.#request = request;
    this.on = on;
  }

  /** Whether a work is asked for; says on the error stream that it begins. */
  begins(work: string): boolean {
    const { suite, only } = this.#request;
    if (!work.includes(only)) return false;
    console.error(`${suite}, ${this.on}: ${work}`);
    return true;
  }

  /** Whether a peer is asked for. */
  invites(peer: string): boolean {
    const { peers } = this.#request;
    return peers.length === 0 || peers.some((text) => peer.includes(text));
  }

  /** A peer that can do the work and comes to the expected result; else undefined and a line in the report. */
  enter({ name, enter }: Entrant, work: string, expected: readonly number[], tolerance: number): Promise<Contestant | undefined> {
    return this.attempt(name, work, async () => {
      const entered = await enter();
      const far = distance(expected, await entered.result());
      if (far <= tolerance) return entered;
      throw new Disagreement(`its result is ${far.toPrecision(2)} of the root mean square away from ours`);
    });
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
  row(
    work: string,
    peer: string,
    oursTimes: readonly number[],
    peerTimes: readonly number[],
    { gigaflop, on = this.on }: { readonly gigaflop?: number | undefined; readonly on?: string } = {},
  ): void {
    this.rows.push(rowOf({ suite: this.#request.suite, work, on, peer }, oursTimes, peerTimes, gigaflop));
  }

  /** Adds a number that stands for itself. */
  figure(work: string, figure: string, value: number, unit: string): void {
    this.figures.push({ suite: this.#request.suite, work, on: this.on, figure, value, unit });
  }

  /** Adds the time of somebody who is compared with nobody. */
  time(work: string, name: string, ms: number, gigaflop: number | undefined): void {
    this.figure(work, name, ms, 'ms');
    if (gigaflop !== undefined) this.figure(work, name, (gigaflop / ms) * 1000, 'GFLOP/s');
  }
}

/** A peer came to another result. */
class Disagreement extends Error {}

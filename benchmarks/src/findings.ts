import { type Timing, timingOf } from './measure.ts';

/** One comparison: our time and a peer's for the same work. */
export interface Row {
  readonly suite: string;
  readonly work: string;
  /** What ours runs on: `'2 threads'`, `'webgpu'`. */
  readonly on: string;
  readonly peer: string;
  readonly oursMs: number;
  readonly peerMs: number;
  /** Peer's median over ours: above 1 we are faster. */
  readonly ratio: number;
  /** The least and the greatest ratio of one round. */
  readonly ratioMin: number;
  readonly ratioMax: number;
  readonly ours: Timing;
  readonly peerTiming: Timing;
  /** Where the work has a number of floating-point operations: billions of them a second. */
  readonly gflops?: { readonly ours: number; readonly peer: number };
}

/** One number that has no peer, or that is no time. */
export interface Figure {
  readonly suite: string;
  readonly work: string;
  readonly on: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
}

/** A peer that did not take part in a work, and why. */
export interface Absence {
  readonly peer: string;
  readonly work: string;
  readonly why: string;
  /** It took part, and came to another result: somebody is wrong. */
  readonly disagrees: boolean;
}

/** What a suite found. */
export interface Findings {
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
  readonly absences: readonly Absence[];
}

/** What a row is about. */
export type RowHead = Pick<Row, 'suite' | 'work' | 'on' | 'peer'>;

/** A row from the times of both sides, round by round; ratios of the rounds in which both took part. */
export function rowOf(head: RowHead, oursTimes: readonly number[], peerTimes: readonly number[], gigaflop?: number): Row {
  const ours = timingOf(oursTimes);
  const peerTiming = timingOf(peerTimes);
  const ratios = timingOf(peerTimes.slice(0, oursTimes.length).map((ms, round) => ms / oursTimes[round]));
  return {
    ...head,
    oursMs: ours.median,
    peerMs: peerTiming.median,
    ratio: peerTiming.median / ours.median,
    ratioMin: ratios.min,
    ratioMax: ratios.max,
    ours,
    peerTiming,
    ...(gigaflop !== undefined && {
      gflops: { ours: (gigaflop / ours.median) * 1000, peer: (gigaflop / peerTiming.median) * 1000 },
    }),
  };
}

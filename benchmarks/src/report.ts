import type { Timing } from './measure.ts';

/** One comparison of a suite. */
export interface Row {
  readonly suite: string;
  readonly work: string;
  readonly threads: number;
  readonly peer: string;
  readonly oursMs: number;
  readonly peerMs: number;
  /** Peer's median over ours: above 1 we are faster. */
  readonly ratio: number;
  readonly ours: Timing;
  readonly peerTiming: Timing;
}

/** A row from the timings of both sides. */
export function rowOf(suite: string, work: string, threads: number, peer: string, ours: Timing, peerTiming: Timing): Row {
  return {
    suite,
    work,
    threads,
    peer,
    oursMs: ours.median,
    peerMs: peerTiming.median,
    ratio: peerTiming.median / ours.median,
    ours,
    peerTiming,
  };
}

/** The rows as a Markdown table, ratio first, spread as [min–max]. */
export function toMarkdown(rows: readonly Row[]): string {
  const head = ['| ratio | work | threads | ours, ms | peer | peer, ms |', '|--:|---|--:|---|---|---|'];
  const lines = rows.map(
    (row) =>
      `| ${row.ratio.toFixed(2)} | ${row.work} | ${row.threads} | ${spread(row.ours)} | ${row.peer} | ${spread(row.peerTiming)} |`,
  );
  return [...head, ...lines].join('\n');
}

function spread({ median, min, max }: Timing): string {
  return `${digits(median)} [${digits(min)}–${digits(max)}]`;
}

function digits(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(4);
}

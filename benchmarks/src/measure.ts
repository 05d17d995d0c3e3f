import type { Contestant } from './contestant.ts';
import { sleep } from './sleep.ts';

/** Times over the rounds, in milliseconds for one iteration. */
export interface Timing {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** How long a comparison runs. */
export interface Pace {
  readonly rounds: number;
  /** What one contestant's turn in a round should take; slow work takes longer. */
  readonly turnMs: number;
  /** Idle time before each turn, in which the threads of the one before stop spinning. */
  readonly pauseMs: number;
  /** A contestant whose turns have taken this long sits the other rounds out. Default: nobody does. */
  readonly contestantMs?: number;
}

const mostIterations = 1_000_000;

/**
 * Runs the contestants in turn, round after round, so that whatever else the machine does meets them all alike; another one begins each
 * round. Every contestant does as many iterations as fill its turn, and is warmed up first.
 *
 * @returns the milliseconds of one iteration, by contestant and round; fewer rounds of one that sits out
 */
export async function interleave(contestants: readonly Contestant[], pace: Pace): Promise<number[][]> {
  const { rounds, turnMs, pauseMs, contestantMs = Number.POSITIVE_INFINITY } = pace;
  const iterations: number[] = [];
  const times: number[][] = [];
  for (const contestant of contestants) {
    const { ms, fill } = await warmUp(contestant, turnMs);
    iterations.push(fill);
    // So slow that warming up told its time, and another turn would tell no more.
    times.push(ms >= contestantMs ? [ms] : []);
  }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const i = (round + turn) % contestants.length;
      if (sum(times[i]) * iterations[i] >= contestantMs) continue;
      if (pauseMs > 0) await rest(contestants[i], iterations[i], pauseMs);
      times[i].push(await contestants[i].run(iterations[i]));
    }
  }
  return times;
}

function sum(times: readonly number[]): number {
  return times.reduce((total, ms) => total + ms, 0);
}

/** Idles, then wakes the contestant's own threads, so that a turn of many iterations does not begin with it. */
async function rest(contestant: Contestant, iterations: number, pauseMs: number): Promise<void> {
  await sleep(pauseMs);
  if (iterations > 1) await contestant.run(1);
}

/** Runs a contestant for about one turn, and says how long an iteration took and how many fill the next turn. */
async function warmUp(contestant: Contestant, turnMs: number): Promise<{ readonly ms: number; readonly fill: number }> {
  let iterations = 1;
  let ms = await contestant.run(1);
  for (let spent = ms; spent < turnMs; spent += ms * iterations) {
    iterations = Math.min(mostIterations, Math.max(1, Math.round(Math.min(turnMs / ms, iterations * 8))));
    ms = await contestant.run(iterations);
  }
  return { ms, fill: Math.min(mostIterations, Math.max(1, Math.round(turnMs / ms))) };
}

/** Median, least and greatest of the times of one contestant. */
export function timingOf(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], min: sorted[0], max: sorted[sorted.length - 1] };
}

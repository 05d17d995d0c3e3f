/** One side of a comparison. */
export interface Contestant {
  readonly name: string;
  /** Runs the work `iterations` times and resolves to the milliseconds that one took. */
  run(iterations: number): Promise<number>;
  dispose?(): void | Promise<void>;
}

/** Times of one contestant over the rounds, in milliseconds for one iteration. */
export interface Timing {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** How long a comparison runs. */
export interface Plan {
  readonly rounds: number;
  /** Iterations a round, one number for each contestant: slow ones get fewer. */
  readonly iterations: readonly number[];
}

/**
 * Runs the contestants in turn, round after round, so that whatever else the machine does meets them all alike. Each is warmed up first.
 */
export async function interleave(contestants: readonly Contestant[], { rounds, iterations }: Plan): Promise<Timing[]> {
  const times: number[][] = contestants.map(() => []);
  for (const [i, contestant] of contestants.entries()) await contestant.run(Math.min(3, iterations[i]));
  for (let round = 0; round < rounds; round++) {
    for (const [i, contestant] of contestants.entries()) times[i].push(await contestant.run(iterations[i]));
  }
  return times.map((list) => {
    const sorted = list.toSorted((a, b) => a - b);
    return { median: sorted[sorted.length >> 1], min: sorted[0], max: sorted[sorted.length - 1] };
  });
}

/** A contestant that runs in this process: `step` is called `iterations` times, then `settle` waits for the last. */
export function inProcess(name: string, step: () => void, settle: () => Promise<unknown>, dispose?: () => void): Contestant {
  return {
    name,
    async run(iterations) {
      const start = performance.now();
      for (let i = 0; i < iterations; i++) step();
      await settle();
      return (performance.now() - start) / iterations;
    },
    ...(dispose && { dispose }),
  };
}

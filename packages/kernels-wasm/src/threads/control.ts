/** Words of the block that threads share: see `assembly/jobs.ts`, which has the same layout. */
export const controlWords = 256;

/** The most threads that it has room for. */
export const mostThreads = 64;

/** Places in the block, in words. */
export const control = {
  epoch: 1,
  workspace: 33,
  workspaceStride: 34,
  threads: 35,
  mayWait: 36,
  attention: 37,
  worthSharing: 39,
  worthWaking: 40,
  worthStarting: 41,
  bearable: 42,
  states: 128,
} as const;

/** Bits of `attention`. */
export const attention = { wantsWorkers: 1, lostTasks: 2 } as const;

/** What a worker's word in `states` says. */
export const states = { absent: 0, awake: 1, asleep: 2, gone: 3 } as const;

/** The epoch in which workers end. */
export const stopEpoch: number = -1;

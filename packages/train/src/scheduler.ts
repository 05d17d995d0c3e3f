/** What {@link fit} needs of a learning-rate schedule: those of `@dl/optim`, or one of your own. */
export interface Scheduler {
  /** @param loss - of the epoch; NaN where it is moved on after every step, for no loss is read back then */
  step(loss: number): void;
  /** What it needs to go on later: what a checkpoint keeps of it. */
  stateDict?(): unknown;
  loadStateDict?(state: unknown): void;
}

import type { Parameter, Tensor } from '@dl/tensor';

/** What {@link fit} needs of an optimiser: those of `@dl/optim`, or one of your own. */
export interface Stepper {
  readonly lr: number;
  /** Changes parameters by their gradients, and frees those. */
  step(grads: ReadonlyMap<Parameter, Tensor>): void;
  /** What it needs to go on later: what a checkpoint keeps of it. */
  stateDict?(): unknown;
  loadStateDict?(state: unknown): void;
}

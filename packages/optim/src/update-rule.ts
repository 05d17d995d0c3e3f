import type { Tensor } from '@dl/tensor';

/** What every optimiser is told: the learning rate, and whatever its rule names besides. */
export interface Hyper {
  readonly lr: number;
}

/** What an optimiser remembers of one parameter from step to step: tensors and counters. */
export type OptimizerState = Readonly<Record<string, Tensor | number | undefined>>;

/** What an update makes. */
export interface Updated<State> {
  /** The parameter's next value, of its shape and dtype. */
  readonly value: Tensor;
  /** What to remember: its tensors may be new ones, the gradient, or what was remembered before. */
  readonly state: State;
}

/**
 * An optimisation algorithm as a pure function of one parameter: nothing is changed, everything is returned. {@link Optimizer} walks the
 * parameters with it and owns the memory.
 */
export interface UpdateRule<H extends Hyper, State extends OptimizerState> {
  /** What errors and state dicts call it. */
  readonly name: string;
  /**
   * Refuses hyperparameters outside their domain.
   *
   * @throws {@link ArgumentError} naming the one
   */
  check(hyper: H): void;
  /** One step. `state` is what the last one returned, undefined before the first. */
  update(value: Tensor, grad: Tensor, state: State | undefined, hyper: H): Updated<State>;
}

/**
 * A learning-rate schedule as a pure function: what the initial rate is multiplied by after `step` steps of the schedule, from 0. Any function will
 * do; those made here know besides how they end, which {@link robbinsMonro} asks for.
 */
export interface Schedule {
  (step: number): number;
  /**
   * $p$ where the factor falls as $t^{-p}$ in the long run: 0 where it does not fall, `Infinity` where it falls faster than any power or comes to
   * zero, negative where it grows.
   */
  readonly decayOrder?: number | undefined;
}

/**
 * A function of the step as a schedule that knows how it ends.
 *
 * @param decayOrder - see {@link Schedule}
 * @example
 * robbinsMonro(withDecayOrder((step) => 1 / Math.sqrt(1 + step), 0.5)).holds // false
 */
export function withDecayOrder(schedule: (step: number) => number, decayOrder: number): Schedule {
  return Object.assign((step: number) => schedule(step), { decayOrder });
}

/** The order of $\gamma^t$. */
export function geometricOrder(gamma: number): number {
  if (gamma === 1) return 0;
  return gamma < 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

import { checkNotNegative } from '../check-hyper.ts';
import { geometricOrder, type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link exponentialDecay}. */
export interface ExponentialDecayOptions {
  /** What every step multiplies by. */
  readonly gamma: number;
}

/**
 * Exponential decay, $\gamma^t$.
 *
 * @throws {@link ArgumentError} unless `gamma` is a number ≥ 0
 * @example
 * [0, 1, 2].map(exponentialDecay({ gamma: 0.5 })) // [1, 0.5, 0.25]
 */
export function exponentialDecay({ gamma }: ExponentialDecayOptions): Schedule {
  checkNotNegative('exponentialDecay', 'gamma', gamma);
  return withDecayOrder((step) => gamma ** step, geometricOrder(gamma));
}

import { checkNotNegative } from '../check-hyper.ts';
import { checkSteps } from './check-schedule.ts';
import { type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link cosineAnnealing}. */
export interface CosineAnnealingOptions {
  /** Steps from the top to the bottom. */
  readonly tMax: number;
  /** The bottom, as a share of the initial rate. Default 0. */
  readonly etaMin?: number | undefined;
}

/**
 * Half a cosine down, $\mu + (1 - \mu) \frac{1 + \cos(\pi t / T)}{2}$; past $T$ it goes up again, as in PyTorch.
 *
 * @throws {@link ArgumentError} unless `tMax` is a positive integer and `etaMin` a number ≥ 0
 * @example
 * [0, 1, 2].map(cosineAnnealing({ tMax: 2, etaMin: 0.5 })) // [1, 0.75, 0.5]
 * @see Loshchilov & Hutter, SGDR: stochastic gradient descent with warm restarts, 2017
 */
export function cosineAnnealing({ tMax, etaMin = 0 }: CosineAnnealingOptions): Schedule {
  checkSteps('cosineAnnealing', 'tMax', tMax);
  checkNotNegative('cosineAnnealing', 'etaMin', etaMin);
  return withDecayOrder((step) => etaMin + ((1 - etaMin) * (1 + Math.cos((Math.PI * step) / tMax))) / 2, 0);
}

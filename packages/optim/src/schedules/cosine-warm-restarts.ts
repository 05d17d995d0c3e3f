import { checkNotNegative } from '../check-hyper.ts';
import { checkSteps } from './check-schedule.ts';
import { type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link cosineWarmRestarts}. */
export interface CosineWarmRestartsOptions {
  /** Steps of the first descent. */
  readonly t0: number;
  /** How many times longer each descent is than the last. Default 1. */
  readonly tMult?: number | undefined;
  /** The bottom, as a share of the initial rate. Default 0. */
  readonly etaMin?: number | undefined;
}

/**
 * {@link cosineAnnealing} that starts anew at the top after $T_0$ steps, then $T_0 m$, $T_0 m^2$ ….
 *
 * @throws {@link ArgumentError} unless `t0` and `tMult` are positive integers and `etaMin` is a number ≥ 0
 * @example
 * [0, 1, 2, 3, 4, 6].map(cosineWarmRestarts({ t0: 2, tMult: 2 })) // [1, 0.5, 1, 0.8536, 0.5, 1]
 * @see Loshchilov & Hutter, SGDR: stochastic gradient descent with warm restarts, 2017
 */
export function cosineWarmRestarts({ t0, tMult = 1, etaMin = 0 }: CosineWarmRestartsOptions): Schedule {
  checkSteps('cosineWarmRestarts', 't0', t0);
  checkSteps('cosineWarmRestarts', 'tMult', tMult);
  checkNotNegative('cosineWarmRestarts', 'etaMin', etaMin);
  const factor = (share: number): number => etaMin + ((1 - etaMin) * (1 + Math.cos(Math.PI * share))) / 2;
  return withDecayOrder((step) => {
    if (tMult === 1) return factor((step % t0) / t0);
    let [at, length] = [step, t0];
    while (at >= length) {
      at -= length;
      length *= tMult;
    }
    return factor(at / length);
  }, 0);
}

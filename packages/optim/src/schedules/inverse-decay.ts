import { checkNotNegative } from '../check-hyper.ts';
import { type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link inverseDecay}. */
export interface InverseDecayOptions {
  /** $\gamma$: how soon it falls. */
  readonly gamma: number;
  /** $\rho$: how steeply it falls in the long run. Default 1. */
  readonly power?: number | undefined;
}

/**
 * Inverse decay, $(1 + \gamma t)^{-\rho}$. With $\frac12 < \rho \le 1$ it fulfils the conditions of {@link robbinsMonro}.
 *
 * @throws {@link ArgumentError} unless `gamma` and `power` are numbers ≥ 0
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new LRScheduler(optimizer, inverseDecay({ gamma: 1 }));
 * scheduler.step();
 * optimizer.lr // 0.25
 */
export function inverseDecay({ gamma, power = 1 }: InverseDecayOptions): Schedule {
  checkNotNegative('inverseDecay', 'gamma', gamma);
  checkNotNegative('inverseDecay', 'power', power);
  return withDecayOrder((step) => (1 + gamma * step) ** -power, gamma > 0 ? power : 0);
}

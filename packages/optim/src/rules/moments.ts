import type { Tensor } from '@dl/tensor';
import { checkNotNegative, checkRate } from '../check-hyper.ts';
import { checkDescent, type DescentHyper } from './descent.ts';

/** Hyperparameters that Adam shares with its variants. */
export interface MomentsHyper extends DescentHyper {
  /** $\beta_1, \beta_2$: how much of the running mean of the gradient, and of its square, is kept. */
  readonly betas: readonly [number, number];
  /** $\varepsilon$: keeps the denominator from zero. */
  readonly eps: number;
}

/** What {@link nadamRule}, {@link radamRule} and {@link adamRule} remember at least. */
export interface MomentsState extends Readonly<Record<string, Tensor | number | undefined>> {
  readonly step: number;
  readonly expAvg: Tensor;
  readonly expAvgSq: Tensor;
}

/**
 * Refuses what Adam and its variants cannot step with.
 *
 * @throws {@link ArgumentError} naming the hyperparameter
 */
export function checkMoments(op: string, hyper: MomentsHyper): void {
  checkDescent(op, hyper);
  checkRate(op, 'betas[0]', hyper.betas[0]);
  checkRate(op, 'betas[1]', hyper.betas[1]);
  checkNotNegative(op, 'eps', hyper.eps);
}
